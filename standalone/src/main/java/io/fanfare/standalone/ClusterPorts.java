package io.fanfare.standalone;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loopback ports of a cluster: those of a platform, and behind its block one more for the second of each service.
 *
 * @param first of everything that there is one of, and of each first service
 */
record ClusterPorts(Ports first, int secondApi, int secondStreams, int secondWorker) {

    private static final int BLOCK = 6;

    /** All ports follow from the first API's, 8080 unless said otherwise: the second API is 6 above it. */
    static ClusterPorts withApiAt(int api) {
        return new ClusterPorts(Ports.withApiAt(api), api + BLOCK, api + BLOCK + 1, api + BLOCK + 2);
    }

    /** Port of an API, counted from 1. */
    int api(int instance) {
        return instance == 1 ? first.api() : secondApi;
    }

    int streams(int instance) {
        return instance == 1 ? first.streams() : secondStreams;
    }

    int worker(int instance) {
        return instance == 1 ? first.worker() : secondWorker;
    }

    /** Port by the part that listens on it. */
    Map<String, Integer> byPart() {
        Map<String, Integer> named = new LinkedHashMap<>(first.byPart());
        named.put("second API", secondApi);
        named.put("second stream state", secondStreams);
        named.put("second worker", secondWorker);
        return named;
    }
}
