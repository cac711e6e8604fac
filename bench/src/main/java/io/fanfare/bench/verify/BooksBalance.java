package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Answers.Sheet;
import io.fanfare.bench.verify.Books.Shelf;
import io.fanfare.bench.verify.WalletRecount.Recounted;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletTransferOut;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Per tenant and currency: issued − spent − lapsed ± converted ± transferred is what players hold; what moves between a player's own
 * accounts sums to nothing; nothing is lost between two wallets; and the platform's balance sheet says the same.
 */
final class BooksBalance {

    /** A transfer is two commands; this long after the first one the second must have come. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private BooksBalance() {}

    static Check check(Snapshot snapshot, Published published, Answers answers) {
        var findings = new Findings(5, "books balance");
        Map<Wallet, ToldOutcomes> told = ToldOutcomes.of(published, _ -> {});
        var shelf = new Shelf();
        told.forEach((wallet, outcomes) -> outcomes.inOrder().stream()
                .flatMap(fact -> ToldOutcomes.postings(fact.value()).stream())
                .forEach(posting -> {
                    shelf.of(wallet.tenant(), posting.currency()).post(posting);
                    findings.saw(1);
                }));
        boolean isUnderWay = transfersSince(snapshot.takenAt().minus(UNDER_WAY), published, told);
        shelf.all()
                .forEach((tenant, books) -> books.forEach((currency, book) -> {
                    String name = tenant + " " + currency;
                    balance(name, book, findings);
                    if (!isUnderWay && book.givenBy("transfer").signum() != 0) {
                        findings.violated("%s: %s got lost between two wallets, and no transfer is under way"
                                .formatted(name, book.givenBy("transfer").negate()));
                    }
                }));
        recounted(shelf, published, told, findings);
        if (isAtRest(published)) {
            shown(shelf, answers, findings);
        } else {
            findings.note("wallets moved while they were asked for: the platform's sheets are not compared");
        }
        return findings.result();
    }

    private static void balance(String name, Books book, Findings findings) {
        Sheet sheet = book.sheet();
        BigInteger source = sheet.issued()
                .subtract(sheet.redeemed())
                .subtract(sheet.lapsed())
                .add(sheet.converted())
                .add(sheet.transferred());
        BigInteger there = sheet.available().add(sheet.held());
        if (!source.equals(there)) {
            findings.violated(
                    "%s: %s issued − %s spent − %s lapsed + %s converted + %s transferred, and players hold %s"
                            .formatted(
                                    name,
                                    sheet.issued(),
                                    sheet.redeemed(),
                                    sheet.lapsed(),
                                    sheet.converted(),
                                    sheet.transferred(),
                                    there));
        }
        if (book.givenBy("hold").signum() != 0) {
            findings.violated("%s: holds do not sum to zero but to %s".formatted(name, book.givenBy("hold")));
        }
        if (!book.givenBy("promise").equals(book.account("pending"))) {
            findings.violated("%s: %s is pending, and promised is %s"
                    .formatted(name, book.account("pending"), book.givenBy("promise")));
        }
        findings.note("%s: %s issued, %s spent, %s lapsed, %s held"
                .formatted(name, sheet.issued(), sheet.redeemed(), sheet.lapsed(), there));
    }

    /** What was told must be what the commands come to, wallet by wallet and so in sum. */
    private static void recounted(Shelf shelf, Published published, Map<Wallet, ToldOutcomes> told, Findings findings) {
        Map<Wallet, Recounted> recounted = WalletRecount.of(published.commands(), ToldOutcomes.settlements(told));
        boolean isAllTold = recounted.entrySet().stream()
                .allMatch(wallet -> told.getOrDefault(wallet.getKey(), ToldOutcomes.NONE)
                                .outcomes()
                                .size()
                        == wallet.getValue().steps().size());
        if (!isAllTold) {
            return;
        }
        Map<String, Map<String, BigInteger>> right = new HashMap<>();
        recounted.forEach((wallet, counted) -> counted.last()
                .holdings()
                .forEach((currency, holding) -> right.computeIfAbsent(wallet.tenant(), _ -> new HashMap<>())
                        .merge(
                                currency,
                                BigInteger.valueOf(holding.available())
                                        .add(BigInteger.valueOf(holding.account("held"))),
                                BigInteger::add)));
        right.forEach((tenant, currencies) -> currencies.forEach((currency, there) -> {
            Sheet sheet = shelf.of(tenant, currency).sheet();
            if (!there.equals(sheet.available().add(sheet.held()))) {
                findings.violated("%s %s: entries sum to %s, and the commands come to %s"
                        .formatted(tenant, currency, sheet.available().add(sheet.held()), there));
            }
        }));
    }

    private static void shown(Shelf shelf, Answers answers, Findings findings) {
        answers.sheets().forEach((tenant, sheets) -> {
            Map<String, Books> books = shelf.all().getOrDefault(tenant, Map.of());
            Stream.concat(sheets.keySet().stream(), books.keySet().stream())
                    .distinct()
                    .sorted()
                    .forEach(currency -> {
                        Sheet right = books.getOrDefault(currency, new Books()).sheet();
                        Sheet shown = sheets.get(currency);
                        findings.saw(1);
                        if (!right.equals(shown)) {
                            findings.violated("the balance sheet of %s %s is %s, must be %s"
                                    .formatted(tenant, currency, shown, right));
                        }
                    });
        });
    }

    private static boolean transfersSince(Instant time, Published published, Map<Wallet, ToldOutcomes> told) {
        for (Fact<WalletCommand> fact : published.commands()) {
            WalletCommand command = fact.value();
            if (command != null
                    && command.getAction() instanceof WalletTransferOut
                    && command.getOccurredAt().isAfter(time)) {
                Fact<?> outcome = told.getOrDefault(WalletRecount.wallet(command), ToldOutcomes.NONE)
                        .outcomes()
                        .get(command.getSequence());
                if (outcome != null && outcome.value() instanceof WalletPosted) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isAtRest(Published published) {
        return Stream.concat(published.commands().stream(), published.entries().stream())
                .allMatch(published::isDrained);
    }
}
