package io.fanfare.edge.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.outbound.OutboundAddressGuard.Verdict;
import io.fanfare.edge.outbound.OutboundAddressGuard.Verdict.Allowed;
import io.fanfare.edge.outbound.OutboundAddressGuard.Verdict.Forbidden;
import io.fanfare.edge.outbound.OutboundAddressGuard.Verdict.Unresolvable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundAddressGuardTest {

    /** Knows a few names and takes numbers as they are; asks no name server. */
    private static InetAddress[] lookup(String host) throws UnknownHostException {
        return switch (host) {
            case "hooks.example.com" -> new InetAddress[] {InetAddress.ofLiteral("93.184.216.34")};
            case "rebound.example.com" ->
                new InetAddress[] {InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral("10.0.0.1")};
            case "localhost" -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")};
            case "gone.example.com" -> throw new UnknownHostException(host);
            default -> new InetAddress[] {InetAddress.getByName(host)};
        };
    }

    private final OutboundAddressGuard production = new OutboundAddressGuard(false, OutboundAddressGuardTest::lookup);
    private final OutboundAddressGuard development = new OutboundAddressGuard(true, OutboundAddressGuardTest::lookup);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com/fanfare",
                "HTTP://hooks.example.com:8443",
                "http://93.184.216.34/",
                "http://[2606:2800:220:1:248:1893:25c8:1946]/"
            })
    void a_public_address_is_allowed(String address) {
        assertThat(production.judge(address)).isInstanceOf(Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost:8080/",
                "http://[::1]/",
                "http://0.0.0.0/",
                "http://10.1.2.3/",
                "http://172.16.0.1/",
                "http://192.168.1.1/",
                "http://100.100.100.200/",
                "http://169.254.169.254/latest/meta-data",
                "http://198.18.0.1/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://[fe80::1]/",
                "http://[fd00:ec2::254]/",
                "http://[ff02::1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[64:ff9b::a00:1]/",
                "http://[2002:a00:1::]/",
                "http://rebound.example.com/",
                "http://ada:secret@hooks.example.com/",
                "ftp://hooks.example.com/",
                "file:///etc/passwd",
                "gopher://hooks.example.com/",
                "hooks.example.com",
                "http:///path",
                "http://a b/"
            })
    void anything_else_is_forbidden(String address) {
        assertThat(production.judge(address)).isInstanceOf(Forbidden.class);
    }

    @Test
    void a_name_without_an_address_may_have_one_later() {
        Verdict verdict = production.judge("http://gone.example.com/");

        assertThat(verdict).isEqualTo(new Unresolvable("gone.example.com"));
    }

    @Test
    void development_reaches_its_own_machine_and_no_other() {
        assertThat(development.judge("http://localhost:8084/dev/webhooks")).isInstanceOf(Allowed.class);
        assertThat(development.judge("http://192.168.1.1/")).isInstanceOf(Forbidden.class);
        assertThat(development.judge("http://169.254.169.254/")).isInstanceOf(Forbidden.class);
    }
}
