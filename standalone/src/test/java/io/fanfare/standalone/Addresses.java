package io.fanfare.standalone;

import java.net.URI;

/** Where the parts of a platform on these ports are reached. */
record Addresses(Ports ports) {

    Web api() {
        return Web.at(local(ports.api(), ""));
    }

    Web streams() {
        return Web.at(local(ports.streams(), ""));
    }

    Web worker() {
        return Web.at(local(ports.worker(), ""));
    }

    String bootstrap() {
        return "127.0.0.1:" + ports.kafka();
    }

    URI registry() {
        return local(ports.registry(), "/apis/ccompat/v7");
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + DurablePostgres.DATABASE;
    }

    TopicReader topics() {
        return new TopicReader(bootstrap(), registry());
    }

    private static URI local(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
