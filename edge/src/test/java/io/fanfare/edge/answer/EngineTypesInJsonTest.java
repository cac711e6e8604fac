package io.fanfare.edge.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.wallet.BalanceSheet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class EngineTypesInJsonTest {

    private final JsonMapper json = JsonMapper.builder()
            .addModule(new EngineTypesInJson())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Test
    void an_id_is_a_text() {
        assertThat(json.writeValueAsString(new PlayerId("ada"))).isEqualTo("\"ada\"");
        assertThat(json.readValue("\"ada\"", PlayerId.class)).isEqualTo(new PlayerId("ada"));
    }

    @Test
    void a_balance_sheet_that_one_instance_writes_another_one_reads() {
        BalanceSheet sheet = BalanceSheet.EMPTY;

        assertThat(json.readValue(json.writeValueAsString(sheet), BalanceSheet.class))
                .isEqualTo(sheet);
    }
}
