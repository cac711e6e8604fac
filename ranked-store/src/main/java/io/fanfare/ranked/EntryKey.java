package io.fanfare.ranked;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * Whose entry it is: a player, in a window of a board. The three are opaque texts of 1 to 1,000 characters without NUL.
 *
 * @param window the period that the ranking is about, such as {@code all} or {@code 2026-W31}
 */
public record EntryKey(String board, String window, String player) {

    private static final int MAX_LENGTH = 1_000;
    private static final byte SEPARATOR = 0;

    public EntryKey {
        require("board", board);
        require("window", window);
        require("player", player);
    }

    static void require(String what, String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException(
                    "%s is '%s', expected 1 to %d characters without NUL".formatted(what, text, MAX_LENGTH));
        }
    }

    /** Entries of one board and window lie next to one another. */
    byte[] toBytes() {
        byte[] boardBytes = board.getBytes(UTF_8);
        byte[] windowBytes = window.getBytes(UTF_8);
        byte[] playerBytes = player.getBytes(UTF_8);
        return ByteBuffer.allocate(boardBytes.length + windowBytes.length + playerBytes.length + 2)
                .put(boardBytes)
                .put(SEPARATOR)
                .put(windowBytes)
                .put(SEPARATOR)
                .put(playerBytes)
                .array();
    }

    static EntryKey fromBytes(byte[] bytes) {
        int afterBoard = separatorFrom(bytes, 0);
        int afterWindow = separatorFrom(bytes, afterBoard + 1);
        return new EntryKey(
                new String(bytes, 0, afterBoard, UTF_8),
                new String(bytes, afterBoard + 1, afterWindow - afterBoard - 1, UTF_8),
                new String(bytes, afterWindow + 1, bytes.length - afterWindow - 1, UTF_8));
    }

    private static int separatorFrom(byte[] bytes, int start) {
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] == SEPARATOR) {
                return i;
            }
        }
        throw new IllegalArgumentException("%d bytes that are no entry key".formatted(bytes.length));
    }
}
