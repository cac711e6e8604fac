package io.fanfare.edge.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Keeps requests to addresses that a tenant configured away from our own network: http and https only, and every address
 * that the host resolves to must be a public one. Judge again right before each request, since names change what they
 * resolve to, and do not follow redirects unjudged.
 */
public final class OutboundAddressGuard {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final boolean loopbackIsFine;
    private final Lookup lookup;

    /** @param devMode loopback addresses are fine, so that things can be tried on one machine */
    public OutboundAddressGuard(boolean devMode) {
        this(devMode, InetAddress::getAllByName);
    }

    OutboundAddressGuard(boolean devMode, Lookup lookup) {
        this.loopbackIsFine = devMode;
        this.lookup = lookup;
    }

    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** What the guard says. */
    public sealed interface Verdict {

        /** @param addresses what the host resolved to just now */
        record Allowed(List<InetAddress> addresses) implements Verdict {
            public Allowed {
                addresses = List.copyOf(addresses);
            }
        }

        /** It will not do, now or later. */
        record Forbidden(String why) implements Verdict {}

        /** Its host has no address now. */
        record Unresolvable(String host) implements Verdict {}
    }

    /** Judges an address as a tenant wrote it. */
    public Verdict judge(String address) {
        try {
            return judge(URI.create(address));
        } catch (IllegalArgumentException _) {
            return new Verdict.Forbidden("is not a URL");
        }
    }

    public Verdict judge(URI target) {
        String scheme = target.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
            return new Verdict.Forbidden("is no http or https URL");
        }
        if (target.getRawUserInfo() != null) {
            return new Verdict.Forbidden("holds a user name");
        }
        String host = target.getHost();
        return host == null ? new Verdict.Forbidden("names no host") : judgeHost(host);
    }

    private Verdict judgeHost(String host) {
        List<InetAddress> addresses;
        try {
            addresses = Arrays.asList(lookup.addresses(withoutBrackets(host)));
        } catch (UnknownHostException _) {
            return new Verdict.Unresolvable(host);
        }
        Optional<InetAddress> forbidden =
                addresses.stream().filter(address -> !isAllowed(address)).findFirst();
        return forbidden
                .<Verdict>map(address -> new Verdict.Forbidden(
                        "leads to %s, which is not a public address".formatted(address.getHostAddress())))
                .orElseGet(() -> new Verdict.Allowed(addresses));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private boolean isAllowed(InetAddress address) {
        return address.isLoopbackAddress() ? loopbackIsFine : isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        return !(address.isAnyLocalAddress()
                        || address.isLoopbackAddress()
                        || address.isLinkLocalAddress()
                        || address.isSiteLocalAddress()
                        || address.isMulticastAddress())
                && switch (address) {
                    case Inet4Address v4 -> isPublic(octets(v4));
                    case Inet6Address v6 -> isPublicV6(v6);
                    default -> false;
                };
    }

    /** Beyond what the JDK knows: this network, carrier NAT, protocol assignments, benchmarks, reserved and broadcast. */
    private static boolean isPublic(int[] octets) {
        int first = octets[0];
        int second = octets[1];
        boolean special = first == 0
                || (first == 100 && second >= 64 && second < 128)
                || (first == 192 && second == 0 && (octets[2] == 0 || octets[2] == 2))
                || (first == 198 && (second == 18 || second == 19))
                || (first == 198 && second == 51 && octets[2] == 100)
                || (first == 203 && second == 0 && octets[2] == 113)
                || first >= 240;
        return !special;
    }

    /** Unique local addresses are private; an IPv4 address inside an IPv6 one is judged as what it is. */
    private static boolean isPublicV6(Inet6Address address) {
        int[] octets = octets(address);
        boolean isUniqueLocal = (octets[0] & 0xfe) == 0xfc;
        boolean isDocumentation = octets[0] == 0x20 && octets[1] == 0x01 && octets[2] == 0x0d && octets[3] == 0xb8;
        if (isUniqueLocal || isDocumentation) {
            return false;
        }
        boolean isNat64 = octets[0] == 0 && octets[1] == 0x64 && octets[2] == 0xff && octets[3] == 0x9b;
        boolean isCompatible = IntStream.range(0, 12).allMatch(i -> octets[i] == 0);
        boolean is6to4 = octets[0] == 0x20 && octets[1] == 0x02;
        if (isNat64 || isCompatible) {
            return isPublicEmbedded(octets, 12);
        }
        return !is6to4 || isPublicEmbedded(octets, 2);
    }

    private static boolean isPublicEmbedded(int[] octets, int at) {
        byte[] embedded = new byte[4];
        for (int i = 0; i < embedded.length; i++) {
            embedded[i] = (byte) octets[at + i];
        }
        try {
            return isPublic(InetAddress.getByAddress(embedded));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    private static int[] octets(InetAddress address) {
        byte[] bytes = address.getAddress();
        return IntStream.range(0, bytes.length)
                .map(i -> Byte.toUnsignedInt(bytes[i]))
                .toArray();
    }
}
