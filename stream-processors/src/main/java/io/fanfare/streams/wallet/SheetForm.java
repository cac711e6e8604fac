package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.BalanceSheet;
import java.math.BigInteger;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/** How the balance sheet of one currency is kept. */
final class SheetForm {

    static final Serde<BalanceSheet> SERDE = new Packed<>(SheetForm::write, List.of(SheetForm::read));

    private SheetForm() {}

    private static void write(PackedWriter out, BalanceSheet sheet) {
        write(out, sheet.available());
        write(out, sheet.held());
        write(out, sheet.pending());
        write(out, sheet.issued());
        write(out, sheet.redeemed());
        write(out, sheet.lapsed());
        write(out, sheet.converted());
        write(out, sheet.transferred());
    }

    private static BalanceSheet read(PackedReader in) {
        return new BalanceSheet(
                number(in), number(in), number(in), number(in), number(in), number(in), number(in), number(in));
    }

    private static void write(PackedWriter out, BigInteger number) {
        byte[] bytes = number.toByteArray();
        out.number(bytes.length);
        for (byte each : bytes) {
            out.oneByte(each);
        }
    }

    private static BigInteger number(PackedReader in) {
        byte[] bytes = new byte[in.count()];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) in.oneByte();
        }
        return new BigInteger(bytes);
    }
}
