package io.fanfare.play.wallet;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a player has: the view of the wallets app, as new as the player's own last play. */
@Tag(name = "wallet")
@RestController
final class WalletRoutes {

    private final WalletReading wallets;

    WalletRoutes(WalletReading wallets) {
        this.wallets = wallets;
    }

    // placeholder
}
