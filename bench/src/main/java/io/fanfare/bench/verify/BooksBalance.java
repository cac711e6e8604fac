package io.fanfare.bench.verify;

import static java.util.stream.Collectors.toSet;

import io.fanfare.bench.verify.Answers.Sheet;
import io.fanfare.bench.verify.Books.Shelf;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Per tenant and currency: issued − spent − lapsed ± converted ± transferred is what players hold; what moves between a player's own
 * accounts sums to nothing; nothing is lost between two wallets; and the platform's balance sheet says the same.
 */
final class BooksBalance {

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
        shelf.all()
                .forEach((tenant, books) ->
                        books.forEach((currency, book) -> balance(tenant + " " + currency, book, findings)));
        TransfersArrive.check(snapshot, told, findings);
        BooksEqualRecount.check(published, told, findings);
        shown(shelf, published, answers, findings);
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

    /** Those of tenants whose wallets did not move while they were asked for. */
    private static void shown(Shelf shelf, Published published, Answers answers, Findings findings) {
        Set<String> moved = moved(published);
        answers.sheets().forEach((tenant, sheets) -> {
            if (moved.contains(tenant)) {
                findings.note("wallets of %s moved while they were asked for: its balance sheets are not compared"
                        .formatted(tenant));
                return;
            }
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

    /** The tenants of which something was told that not every consumer was through with. */
    private static Set<String> moved(Published published) {
        return Stream.concat(published.commands().stream(), published.entries().stream())
                .filter(fact -> !published.isDrained(fact))
                .map(fact -> fact.key().split("/", 2)[0])
                .collect(toSet());
    }
}
