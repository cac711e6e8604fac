package io.fanfare.play.play;

import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Credentials;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.play.play.PlayRankings.Standings;
import io.fanfare.store.play.NumberedPlay;
import io.fanfare.store.play.NumberedPlays;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds to the answer of a play, for who prefers to wait for it, where the play has brought its player. It does so around everything else,
 * so that nothing else waits: what is kept under an idempotency key is the answer without it, a twin gets that one at once, and a
 * repeat adds the rankings of its own time.
 */
final class RankingsFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RankingsFilter.class);
    private static final String APPLIED = "Preference-Applied";

    /** Whoever waits takes the place of another request: a fifth of those that an instance has, unless it was told otherwise. */
    private static final int MOST_WAITING = 200;

    private static final PathPattern ROUTE = PathPatternParser.defaultInstance.parse("/api/v1/games/{id}/play");

    private final Credentials credentials;
    private final NumberedPlays plays;
    private final PlayRankings rankings;
    private final JsonMapper json;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    RankingsFilter(Credentials credentials, NumberedPlays plays, PlayRankings rankings, JsonMapper json) {
        this.credentials = credentials;
        this.plays = plays;
        this.rankings = rankings;
        // A number of the answer stays what it is.
        this.json = json.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || !ROUTE.matches(PathContainer.parsePath(request.getRequestURI()))
                || preference(request).isEmpty();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var buffered = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, buffered);
        if (buffered.getStatus() == HttpServletResponse.SC_OK) {
            Optional<Caller> caller = credentials.read(request);
            Optional<WaitPreference> preference = preference(request);
            if (caller.isPresent() && preference.isPresent()) {
                addRankings(caller.get().tenant(), preference.get(), buffered);
            }
        }
        buffered.copyBodyToResponse();
    }

    private static Optional<WaitPreference> preference(HttpServletRequest request) {
        return WaitPreference.of(Collections.list(request.getHeaders(WaitPreference.HEADER)));
    }

    private void addRankings(TenantId tenant, WaitPreference preference, ContentCachingResponseWrapper buffered)
            throws IOException {
        ObjectNode envelope = json.readTree(buffered.getContentAsByteArray()).asObject();
        var id = new PlayId(envelope.requiredAt("/data/play_id").asString());
        Optional<NumberedPlay> play = find(tenant, id);
        if (play.isEmpty()) {
            return;
        }
        Standings standings = standings(tenant, play.get(), preference, buffered);
        ObjectNode metadata = envelope.requiredAt("/data/metadata").asObject();
        metadata.set("rankings", json.valueToTree(standings.rankings()));
        metadata.set("rankings_freshness", json.valueToTree(standings.freshness()));
        buffered.resetBuffer();
        buffered.getOutputStream().write(json.writeValueAsBytes(envelope));
    }

    /** The play is a fact already: where the database cannot be asked any more, it is answered as it is. */
    private Optional<NumberedPlay> find(TenantId tenant, PlayId id) {
        try {
            return plays.find(tenant, id);
        } catch (DataAccessException e) {
            LOG.warn("play {} is answered without rankings", id, e);
            return Optional.empty();
        }
    }

    private Standings standings(
            TenantId tenant, NumberedPlay play, WaitPreference preference, HttpServletResponse response) {
        if (!waiting.tryAcquire()) {
            return PlayRankings.unknown(play);
        }
        try {
            response.setHeader(APPLIED, preference.applied());
            return rankings.after(tenant, play, preference.patience());
        } finally {
            waiting.release();
        }
    }
}
