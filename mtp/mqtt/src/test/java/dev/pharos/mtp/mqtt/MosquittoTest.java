// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MosquittoTest extends BrokerBehaviour {
    @Override
    TestBroker startBroker() throws Exception {
        assumeTrue(Mosquitto.binary().isPresent(), "mosquitto is not installed");
        return Mosquitto.open(folder);
    }

    @Test
    void an_agent_that_is_gone_is_noticed_when_it_is_sent_something() throws IOException {
        controller(session(true));
        MqttMtp leaving = agent(AGENT, session(true), atAgent);
        MtpConnection toAgent = greet(atAgent.nextConnected());
        leaving.close();
        toAgent.send(Bytes.ofUtf8("anyone?"));
        assertThat(atController.next(Event.Disconnected.class).reason()).contains("nobody listens");
    }

    @Test
    @Requirement({"R-MQTT.7", "R-MQTT.10"})
    void a_wrong_password_is_told_and_the_right_one_gets_in() throws Exception {
        Path inner = Files.createDirectory(folder.resolve("login"));
        Path passwords = inner.resolve("passwords");
        new ProcessBuilder("mosquitto_passwd", "-b", "-c", passwords.toString(), "device", "secret")
                .start()
                .waitFor();
        try (Mosquitto locked =
                Mosquitto.start(inner, "allow_anonymous false\npassword_file " + passwords + "\n", false)) {
            MqttConfig config = MqttConfig.agent(locked.uri(), AGENT, MqttTopics.forController(CONTROLLER));
            try (MqttMtp wrong = new MqttMtp(config.withSession(session(true).withLogin("device", "guess")))) {
                wrong.start(atController);
                assertThat(atController.next(Event.Refused.class).reason()).contains("NOT_AUTHORIZED");
                atController.next(Event.Refused.class);
            }
            try (MqttMtp right = new MqttMtp(config.withSession(session(true).withLogin("device", "secret")))) {
                right.start(atAgent);
                assertThat(atAgent.nextConnected().isOpen()).isTrue();
            }
        }
    }

    @Test
    void a_broker_that_is_not_there_is_told_with_a_reason() throws Exception {
        ((Mosquitto) broker()).stop();
        agent(AGENT, session(true), atAgent);
        assertThat(atAgent.next(Event.Refused.class).reason()).containsIgnoringCase("refused");
        ((Mosquitto) broker()).resume();
        atAgent.skipTo(Event.Connected.class);
    }
}
