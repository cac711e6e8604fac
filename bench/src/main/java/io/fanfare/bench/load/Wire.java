package io.fanfare.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over kept connections, as much of it as our services speak. A load generator shares the cores with what it measures:
 * with the JDK's client it took half as much again as the requests it made. One for all threads; no request is sent twice.
 */
final class Wire {

    private static final int MAX_ANSWER_BYTES = 16 << 20;

    private final int timeoutMillis;
    private final long keepIdleNanos;
    private final Map<URI, Deque<Connection>> idle = new ConcurrentHashMap<>();

    /**
     * @param timeout for connecting, and for each silence of the other side
     * @param keepIdle for how long an unused connection is trusted; less than the other side keeps it
     */
    Wire(Duration timeout, Duration keepIdle) {
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
        this.keepIdleNanos = keepIdle.toNanos();
    }

    /** @param location where to ask on; empty where the answer does not say */
    record Reply(int status, String body, String location) {}

    /** @throws IOException where there is no complete answer; the request may have been carried out */
    Reply send(URI base, String method, String path, Map<String, String> headers, byte[] body) throws IOException {
        Deque<Connection> kept = idle.computeIfAbsent(base, _ -> new ConcurrentLinkedDeque<>());
        Connection connection = take(kept);
        if (connection == null) {
            connection = Connection.to(base, timeoutMillis);
        }
        boolean isReusable = false;
        try {
            connection.write(head(base, method, path, headers, body.length), body);
            Reply reply = connection.read();
            isReusable = connection.isKept();
            return reply;
        } finally {
            if (isReusable) {
                connection.rest();
                kept.push(connection);
            } else {
                connection.close();
            }
        }
    }

    private @Nullable Connection take(Deque<Connection> kept) {
        for (Connection connection = kept.poll(); connection != null; connection = kept.poll()) {
            if (System.nanoTime() - connection.restingSince() < keepIdleNanos) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    private static byte[] head(URI base, String method, String path, Map<String, String> headers, int length) {
        var head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(base.getAuthority())
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(length).append("\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** One connection; answers are read one after another. */
    private static final class Connection {

        private final Socket socket;
        private final InputStream in;
        private final byte[] buffer = new byte[8192];
        private int next;
        private int end;
        private boolean isKept = true;
        private long restingSince;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
        }

        static Connection to(URI base, int timeoutMillis) throws IOException {
            var socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(timeoutMillis);
                socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), timeoutMillis);
                return new Connection(socket);
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        void write(byte[] head, byte[] body) throws IOException {
            byte[] all = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            socket.getOutputStream().write(all);
        }

        Reply read() throws IOException {
            String status = line();
            if (!status.startsWith("HTTP/1.1 ") || status.length() < 12) {
                throw new IOException("expected a status line of HTTP/1.1, got '%s'".formatted(status));
            }
            int length = -1;
            boolean isChunked = false;
            String location = "";
            for (String header = line(); !header.isEmpty(); header = line()) {
                int colon = header.indexOf(':');
                String name = header.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
                String value = header.substring(colon + 1).strip();
                switch (name) {
                    case "content-length" -> length = Integer.parseInt(value);
                    case "transfer-encoding" -> isChunked = value.equalsIgnoreCase("chunked");
                    case "location" -> location = value;
                    case "connection" -> isKept &= !value.equalsIgnoreCase("close");
                    default -> {}
                }
            }
            if (!isChunked && length < 0) {
                throw new IOException("an answer without a length");
            }
            byte[] body = isChunked ? chunks() : bytes(length);
            return new Reply(
                    Integer.parseInt(status.substring(9, 12)), new String(body, StandardCharsets.UTF_8), location);
        }

        private byte[] chunks() throws IOException {
            byte[] body = new byte[0];
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                byte[] chunk = bytes(size);
                line();
                int had = body.length;
                body = Arrays.copyOf(body, checked(had + chunk.length));
                System.arraycopy(chunk, 0, body, had, chunk.length);
            }
            line();
            return body;
        }

        private int chunkSize() throws IOException {
            String size = line();
            int extension = size.indexOf(';');
            return Integer.parseInt(extension < 0 ? size : size.substring(0, extension), 16);
        }

        private byte[] bytes(int length) throws IOException {
            byte[] bytes = new byte[checked(length)];
            for (int have = 0; have < length; ) {
                if (next == end) {
                    fill();
                }
                int more = Math.min(length - have, end - next);
                System.arraycopy(buffer, next, bytes, have, more);
                next += more;
                have += more;
            }
            return bytes;
        }

        private String line() throws IOException {
            var line = new StringBuilder(64);
            while (true) {
                if (next == end) {
                    fill();
                }
                char read = (char) (buffer[next++] & 0xff);
                if (read == '\n') {
                    return line.toString();
                }
                if (read != '\r') {
                    line.append(read);
                    checked(line.length());
                }
            }
        }

        private void fill() throws IOException {
            next = 0;
            end = 0;
            int read = in.read(buffer);
            if (read < 0) {
                throw new EOFException("the connection ended before the answer did");
            }
            end = read;
        }

        private static int checked(int length) throws IOException {
            if (length < 0 || length > MAX_ANSWER_BYTES) {
                throw new IOException("an answer of %d bytes, expected at most %d".formatted(length, MAX_ANSWER_BYTES));
            }
            return length;
        }

        boolean isKept() {
            return isKept;
        }

        void rest() {
            restingSince = System.nanoTime();
        }

        long restingSince() {
            return restingSince;
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // Nothing is left to be lost with it.
                isKept = false;
            }
        }
    }
}
