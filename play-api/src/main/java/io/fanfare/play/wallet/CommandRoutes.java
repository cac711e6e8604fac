package io.fanfare.play.wallet;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.MACHINE;
import static io.fanfare.edge.caller.Role.PLAYER;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;
import static io.fanfare.edge.caller.Role.SUPPORT;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Refused;
import io.fanfare.store.wallet.WalletOutcomes;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Where a 202 of a wallet route leads. */
@Tag(name = "wallet")
@RestController
final class CommandRoutes {

    private final WalletOutcomes outcomes;

    CommandRoutes(WalletOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    /** What became of a command. Players see their own. */
    @Allows(
            value = {PLAYER, MACHINE, ADMIN, REWARD_MANAGER, SUPPORT},
            guests = true)
    @GetMapping("/api/v1/wallet/commands/{id}")
    Envelope<CommandView> command(Caller caller, @PathVariable("id") String id) {
        boolean seesAll = caller.hasAnyOf(EnumSet.of(MACHINE, ADMIN, REWARD_MANAGER, SUPPORT));
        return uuid(id).flatMap(command -> outcomes.find(caller.tenant(), command))
                .filter(found -> found.command().awaitedBy() != null)
                .filter(found -> seesAll || found.command().wallet().player().equals(caller.requirePlayer()))
                .map(CommandView::of)
                .map(Envelope::ok)
                .orElseThrow(() -> Refused.notFound("wallet command", id));
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
