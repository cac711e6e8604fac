package io.fanfare.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ConnectorStatusTest {

    @Test
    void a_connector_and_its_task_that_run_are_running() throws Exception {
        assertThat(status("{'connector':{'state':'RUNNING'},'tasks':[{'id':0,'state':'RUNNING'}]}"))
                .isEqualTo(new ConnectorStatus.Running(1));
    }

    @Test
    void a_failed_task_tells_the_first_line_of_its_trace() throws Exception {
        assertThat(
                        status(
                                "{'connector':{'state':'RUNNING'},'tasks':[{'id':0,'state':'FAILED','trace':'slot is gone\\n at x'}]}"))
                .isEqualTo(new ConnectorStatus.Failed("slot is gone"));
    }

    @Test
    void a_failed_connector_is_failed_whatever_its_tasks_say() throws Exception {
        assertThat(status("{'connector':{'state':'FAILED'},'tasks':[{'id':0,'state':'RUNNING'}]}"))
                .isEqualTo(new ConnectorStatus.Failed("no trace"));
    }

    @Test
    void a_connector_without_task_is_not_running_yet() throws Exception {
        assertThat(status("{'connector':{'state':'RUNNING'},'tasks':[]}"))
                .isEqualTo(new ConnectorStatus.Pending("NO_TASK"));
    }

    @Test
    void a_task_that_is_being_moved_is_pending() throws Exception {
        assertThat(status("{'connector':{'state':'RUNNING'},'tasks':[{'id':0,'state':'UNASSIGNED'}]}"))
                .isEqualTo(new ConnectorStatus.Pending("UNASSIGNED"));
    }

    private static ConnectorStatus status(String json) throws JsonProcessingException {
        return ConnectorStatus.of(new ObjectMapper().readTree(json.replace('\'', '"')));
    }
}
