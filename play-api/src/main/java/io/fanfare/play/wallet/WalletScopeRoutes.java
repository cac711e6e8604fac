package io.fanfare.play.wallet;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.DESIGNER;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Violations;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.store.wallet.WalletScopes;
import io.fanfare.store.wallet.WalletScopes.Defaults;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whose wallet campaigns and games pay into that do not say so themselves. */
@Tag(name = "wallets")
@RestController
@RequestMapping("/api/v1/admin/wallets/scopes")
final class WalletScopeRoutes {

    private final WalletScopes scopes;

    WalletScopeRoutes(WalletScopes scopes) {
        this.scopes = scopes;
    }

    /** @param walletScope campaign, merchant or tenant */
    record MerchantScopeBody(
            @Nullable String merchantId, @Nullable String walletScope) {}

    /**
     * All of it; what is left out is said no more.
     *
     * @param walletScope campaign, merchant or tenant; left out: campaign
     * @param merchants those that say otherwise
     */
    record ScopesBody(
            @Nullable String walletScope, @Nullable List<@Nullable MerchantScopeBody> merchants) {}

    record MerchantScopeView(String merchantId, String walletScope) {}

    /** @param walletScope null: nothing was said, which is campaign */
    record ScopesView(@Nullable String walletScope, List<MerchantScopeView> merchants) {

        static ScopesView of(Defaults defaults) {
            WalletScope tenant = defaults.tenant();
            return new ScopesView(
                    tenant == null ? null : tenant.wireName(),
                    defaults.merchants().entrySet().stream()
                            .map(each -> new MerchantScopeView(
                                    each.getKey().value(), each.getValue().wireName()))
                            .toList());
        }
    }

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping
    Envelope<ScopesView> current(Caller caller) {
        return Envelope.ok(ScopesView.of(scopes.of(caller.tenant())));
    }

    /** Counts for campaigns and games that are saved from now on. */
    @Allows(ADMIN)
    @PutMapping
    Envelope<ScopesView> replace(Caller caller, @RequestBody ScopesBody body) {
        var fields = new WalletFields();
        WalletScope tenant =
                body.walletScope() == null ? null : scope(fields.violations(), "wallet_scope", body.walletScope());
        SortedMap<MerchantId, WalletScope> merchants = merchants(fields, body.merchants());
        fields.refuseAny();
        var wanted = new Defaults(tenant, merchants);
        scopes.replace(caller.tenant(), wanted, caller.who());
        return Envelope.ok(ScopesView.of(wanted));
    }

    private static SortedMap<MerchantId, WalletScope> merchants(
            WalletFields fields, @Nullable List<@Nullable MerchantScopeBody> bodies) {
        var merchants = new TreeMap<MerchantId, WalletScope>();
        List<@Nullable MerchantScopeBody> sent = bodies == null ? List.of() : bodies;
        if (sent.size() > WalletScopes.MAX_MERCHANTS) {
            fields.violations()
                    .add(
                            "merchants",
                            "has %d items, expected at most %d".formatted(sent.size(), WalletScopes.MAX_MERCHANTS));
            return merchants;
        }
        for (int i = 0; i < sent.size(); i++) {
            String field = "merchants[%d]".formatted(i);
            MerchantScopeBody body = sent.get(i);
            if (body == null) {
                fields.violations().add(field, "is null");
                continue;
            }
            MerchantId merchant = fields.id(field + ".merchant_id", body.merchantId(), MerchantId::new);
            WalletScope scope = scope(fields.violations(), field + ".wallet_scope", body.walletScope());
            if (body.walletScope() == null) {
                fields.violations().add(field + ".wallet_scope", "is missing");
            }
            if (merchants.put(merchant, scope) != null) {
                fields.violations().add(field + ".merchant_id", "is there twice");
            }
        }
        return merchants;
    }

    private static WalletScope scope(Violations violations, String field, @Nullable String word) {
        return violations.word(field, word, WalletScope.CAMPAIGN, WalletScope::wireName);
    }
}
