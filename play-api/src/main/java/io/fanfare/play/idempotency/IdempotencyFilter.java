package io.fanfare.play.idempotency;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.answer.RefusalWriter;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Credentials;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.idempotency.Idempotency;
import io.fanfare.store.idempotency.Idempotency.Lookup;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes a mutating request of a player with an {@code Idempotency-Key} happen once. A repeat gets the original answer; a twin
 * waits for the first to finish, within this process by a lock and across processes by the row of the key. The key is looked
 * at before anything else of the request but its credentials.
 */
final class IdempotencyFilter extends OncePerRequestFilter {

    private static final String HEADER = "Idempotency-Key";
    private static final Set<String> MUTATING = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Duration TWIN_PATIENCE = Duration.ofSeconds(10);
    private static final int LOCKS = 4096;

    /** Whoever is a guest and nobody in particular yet. They share their keys, so their refusals are not kept. */
    private static final String NOBODY = "nobody";

    /** The programs of a tenant share their keys. */
    private static final String MACHINE = "machine";

    private final Credentials credentials;
    private final Idempotency idempotency;
    private final RefusalWriter refusals;
    private final KeptAnswers answers;
    private final List<ClaimsItself> claimingRoutes;

    /** Two keys may share a lock; they then wait for one another, which costs time and nothing else. */
    private final Lock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

    IdempotencyFilter(
            Credentials credentials,
            Idempotency idempotency,
            RefusalWriter refusals,
            KeptAnswers answers,
            List<ClaimsItself> claimingRoutes) {
        this.credentials = credentials;
        this.idempotency = idempotency;
        this.refusals = refusals;
        this.answers = answers;
        this.claimingRoutes = List.copyOf(claimingRoutes);
    }

    private record Claimed(CallerKey key, String requestHash) {}

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return request.getHeader(HEADER) == null
                || !MUTATING.contains(request.getMethod())
                || !path.startsWith("/api/v1/")
                || path.startsWith("/api/v1/admin/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            Optional<Caller> caller = credentials.read(request);
            if (caller.isEmpty()) {
                chain.doFilter(request, response);
                return;
            }
            var repeatable = new RepeatableRequest(request);
            once(claim(caller.get(), repeatable), caller.get(), repeatable, response, chain);
        } catch (Refused refused) {
            refusals.write(request, response, refused);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServletException("interrupted while waiting for a twin", e);
        }
    }

    private static Claimed claim(Caller caller, RepeatableRequest request) {
        String key = requireNonNullElse(request.getHeader(HEADER), "").strip();
        if (key.isEmpty() || key.length() > IdempotencyClaim.MAX_KEY_LENGTH) {
            throw Refused.invalid(
                    HEADER,
                    "has %d characters, expected 1 to %d".formatted(key.length(), IdempotencyClaim.MAX_KEY_LENGTH));
        }
        return new Claimed(callerKey(caller, key), hash(request));
    }

    /** Under whose name a caller's keys are kept. */
    private static CallerKey callerKey(Caller caller, String key) {
        if (caller.player() != null) {
            return CallerKey.ofPlayer(caller.tenant(), caller.player(), key);
        }
        return new CallerKey(caller.tenant(), isSomebody(caller) ? MACHINE : NOBODY, key);
    }

    private static boolean isSomebody(Caller caller) {
        return caller.player() != null || caller.hasAnyOf(Set.of(Role.MACHINE));
    }

    private void once(
            Claimed claimed, Caller caller, RepeatableRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException, InterruptedException {
        Lock lock = locks[Math.floorMod(claimed.key().hashCode(), LOCKS)];
        if (!lock.tryLock(TWIN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Refused.unavailable("the first request with this key is still under way", Duration.ofSeconds(2));
        }
        try {
            boolean claimsItself = caller.player() != null
                    && claimingRoutes.stream().anyMatch(route -> route.matches(request.getRequestURI()));
            if (claimsItself || !repeatsWhatWasKept(claimed, response)) {
                first(claimed, caller, request, response, chain);
            }
        } finally {
            lock.unlock();
        }
    }

    /** False, and nothing is written, where nothing was kept under the key. */
    private boolean repeatsWhatWasKept(Claimed claimed, HttpServletResponse response) throws IOException {
        return switch (idempotency.find(claimed.key(), claimed.requestHash())) {
            case Lookup.Answered(KeptAnswer answer) -> {
                answers.write(answer, response);
                yield true;
            }
            case Lookup.Reused() -> throw RequestKey.reused();
            case Lookup.Unused() -> false;
        };
    }

    /**
     * Lets the request through, and keeps its answer under the key. Where the change itself claims the key nobody has looked
     * before: an answer of earlier then takes the place of a refusal.
     */
    private void first(
            Claimed claimed, Caller caller, RepeatableRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isSomebody = isSomebody(caller);
        var key = new RequestKey(isSomebody ? new IdempotencyClaim(claimed.key().key(), claimed.requestHash()) : null);
        key.attachTo(request);
        var buffered = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, buffered);
        int status = buffered.getStatus();
        boolean isKept = isSomebody && key.isKeptWithTheChange() && status < 300;
        boolean mayBeKept = !key.isLeftUnkept() && (isSomebody ? isFinal(status) : status < 300);
        if (mayBeKept && !isKept) {
            keep(claimed, buffered);
        } else if (!isKept) {
            repeatsWhatWasKept(claimed, buffered);
        }
        buffered.copyBodyToResponse();
    }

    /** A twin in another process may have been faster with another answer: then that one counts. */
    private void keep(Claimed claimed, ContentCachingResponseWrapper buffered) throws IOException {
        var answer = new KeptAnswer(
                buffered.getStatus(), new String(buffered.getContentAsByteArray(), StandardCharsets.UTF_8));
        switch (idempotency.keep(claimed.key(), claimed.requestHash(), answer)) {
            case Lookup.Answered(KeptAnswer kept) when kept.equals(answer) -> {}
            case Lookup.Answered(KeptAnswer kept) -> answers.write(kept, buffered);
            case Lookup.Reused() -> throw RequestKey.reused();
            case Lookup.Unused() -> throw new IllegalStateException("an answer was kept and is not there");
        }
    }

    /**
     * A refusal that has to do with the caller or the moment rather than the request may turn out otherwise next time. A key that
     * stands for another request (422) stays that one's, which may have no answer yet.
     */
    private static boolean isFinal(int status) {
        return status < 500 && status != 401 && status != 403 && status != 422 && status != 429;
    }

    private static String hash(RepeatableRequest request) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            String target = request.getMethod() + " " + request.getRequestURI() + "?"
                    + requireNonNullElse(request.getQueryString(), "") + "\n";
            sha256.update(target.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256.digest(request.body()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
