package io.fanfare.play.prize;

import java.util.Locale;

/** The way on which a won unit reaches its player. */
enum Channel {
    /** The winning is all there is. */
    NONE,
    /** With a code from the prize's pool, which the player sees. */
    VOUCHER_CODE,
    SMS,
    ZNS,
    EMAIL,
    POINTS_CREDIT,
    PHYSICAL_SHIPPING,
    CRM_SYNC,
    ECOMMERCE,
    EXTERNAL_WORKFLOW;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Nothing is sent: what the player sees is all there is. */
    boolean isInApp() {
        return switch (this) {
            case NONE, VOUCHER_CODE -> true;
            case SMS, ZNS, EMAIL, POINTS_CREDIT, PHYSICAL_SHIPPING, CRM_SYNC, ECOMMERCE, EXTERNAL_WORKFLOW -> false;
        };
    }

    /** Whether what is paid into a wallet can be handed out so: there is nothing left to send. */
    boolean suitsCredits() {
        return this == NONE || this == POINTS_CREDIT;
    }
}
