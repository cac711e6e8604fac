package io.fanfare.play.campaign;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Public;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.play.campaign.RecentWinners.Winner;
import io.fanfare.store.prize.Winners;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who won what a moment ago, for anybody who knows the campaign's id. */
@Tag(name = "campaigns")
@RestController
final class PublicWinnersRoute {

    private final RecentWinners winners;
    private final CacheControl kept;

    PublicWinnersRoute(RecentWinners winners, WinnersSettings settings) {
        this.winners = winners;
        this.kept = CacheControl.maxAge(settings.maxAge()).cachePublic();
    }

    record PublicWinners(List<Winner> items) {}

    /** Newest first. */
    @Public
    @SecurityRequirements
    @GetMapping("/api/v1/public/campaigns/{id}/winners")
    ResponseEntity<Envelope<PublicWinners>> winners(
            @PathVariable("id") CampaignId id,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(name = "limit", defaultValue = "20")
                    int limit) {
        if (limit < 1 || limit > Winners.MOST_WINNERS) {
            throw Refused.invalid("limit", "is '%d', expected 1 to %d".formatted(limit, Winners.MOST_WINNERS));
        }
        List<Winner> newest = winners.of(id).stream().limit(limit).toList();
        return ResponseEntity.ok().cacheControl(kept).body(Envelope.ok(new PublicWinners(newest)));
    }
}
