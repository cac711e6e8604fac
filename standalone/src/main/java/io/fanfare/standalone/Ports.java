package io.fanfare.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loopback ports of one platform. {@code controller} and {@code registryManagement} are nobody's business but ours. */
record Ports(
        int api,
        int registry,
        int streams,
        int connect,
        int worker,
        int registryManagement,
        int kafka,
        int controller,
        int postgres) {

    static final int DEFAULT_API = 8080;
    static final Ports DEFAULT = new Ports(8080, 8081, 8082, 8083, 8084, 8085, 9092, 9093, 15_432);

    Ports {
        for (int port :
                List.of(api, registry, streams, connect, worker, registryManagement, kafka, controller, postgres)) {
            if (port < 1024 || port > 65_535) {
                throw new IllegalArgumentException("port " + port + " is outside 1024 to 65535");
            }
        }
    }

    /** The default ports, all moved by as much as the API's is, so that two platforms can run side by side. */
    static Ports withApiAt(int api) {
        int by = api - DEFAULT_API;
        try {
            return new Ports(
                    api,
                    DEFAULT.registry + by,
                    DEFAULT.streams + by,
                    DEFAULT.connect + by,
                    DEFAULT.worker + by,
                    DEFAULT.registryManagement + by,
                    DEFAULT.kafka + by,
                    DEFAULT.controller + by,
                    DEFAULT.postgres + by);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--port " + api + " moves all ports by " + by + ", and then " + e.getMessage()
                            + "; take one from 1024 to 58183",
                    e);
        }
    }

    /** Ports that were free a moment ago, for tests. */
    static Ports free() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 9; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> free = held.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return new Ports(
                    free.get(0),
                    free.get(1),
                    free.get(2),
                    free.get(3),
                    free.get(4),
                    free.get(5),
                    free.get(6),
                    free.get(7),
                    free.get(8));
        } catch (IOException e) {
            throw new UncheckedIOException("no free ports on the loopback interface", e);
        }
    }

    /** Port by the part that listens on it, in the order of the numbers. */
    Map<String, Integer> byPart() {
        Map<String, Integer> named = new LinkedHashMap<>();
        named.put("API", api);
        named.put("schema registry", registry);
        named.put("stream state", streams);
        named.put("Connect", connect);
        named.put("worker", worker);
        named.put("schema registry (management)", registryManagement);
        named.put("Kafka", kafka);
        named.put("Kafka (controller)", controller);
        named.put("PostgreSQL", postgres);
        return named;
    }
}
