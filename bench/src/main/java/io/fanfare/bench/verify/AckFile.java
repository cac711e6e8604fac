package io.fanfare.bench.verify;

import io.fanfare.bench.verify.AcknowledgedOfWallet.OfCommand;
import io.fanfare.bench.verify.AcknowledgedOfWallet.OfRedemption;
import io.fanfare.bench.verify.AcknowledgedOfWallet.OfTransfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What players and programs were told, in the order in which it was written down. */
record AckFile(List<Acknowledged> plays, List<AcknowledgedOfWallet> wallets) {

    static final AckFile NOTHING = new AckFile(List.of(), List.of());

    AckFile {
        plays = List.copyOf(plays);
        wallets = List.copyOf(wallets);
    }

    boolean isOfWallets() {
        return !wallets.isEmpty();
    }

    /**
     * All lines of a file. A last line without its end is left out: its writer was killed, or is still at it.
     *
     * @throws IOException where a line is not what it should be; the message has its number
     */
    static AckFile read(Path file) throws IOException {
        String text = Files.readString(file);
        var plays = new ArrayList<Acknowledged>();
        var wallets = new ArrayList<AcknowledgedOfWallet>();
        int number = 0;
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            number++;
            if (!line.isBlank()) {
                read(AckLine.parse(line, "%s:%d".formatted(file, number)), plays, wallets);
            }
        }
        return new AckFile(plays, wallets);
    }

    private static void read(AckLine line, List<Acknowledged> plays, List<AcknowledgedOfWallet> wallets)
            throws IOException {
        String kind = line.text("kind");
        switch (kind == null ? "play" : kind) {
            case "play" -> plays.add(Acknowledged.of(line));
            case "redemption" -> wallets.add(OfRedemption.of(line));
            case "command" -> wallets.add(OfCommand.of(line));
            case "transfer" -> wallets.add(OfTransfer.of(line));
            default ->
                throw new IOException("%s: the kind is '%s', expected play, redemption, command or transfer"
                        .formatted(line.place(), kind));
        }
    }
}
