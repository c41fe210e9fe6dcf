// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.RetryBackoff;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.testkit.ScriptedMqttBroker;
import dev.pharos.testkit.ScriptedMqttBroker.Version;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A password that changes in its file while we run.
class MqttLoginTest {
    private static final int GRANTED_QOS_1 = 1;

    @TempDir
    Path folder;

    private MqttLogin login(String password) throws IOException {
        return MqttLogin.ofFile("pharos", Files.writeString(folder.resolve("password"), password + "\n"));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement("R-MQTT.7")
    void the_next_attempt_has_the_password_that_stands_in_the_file_then(Version version) throws IOException {
        MqttSession session = MqttSession.DEFAULT
                .withLogin(login("first secret"))
                .withBackoff(new RetryBackoff(Duration.ofMillis(50), 1000));
        RecordingReceiver receiver = new RecordingReceiver();
        try (ScriptedMqttBroker broker = new ScriptedMqttBroker(version);
                MqttMtp mtp = new MqttMtp(MqttConfig.controller(broker.uri(), EndpointId.of("self::controller"))
                        .withSession(version == Version.V5 ? session : session.version311()))) {
            mtp.start(receiver);
            assertThat(broker.welcome()).contains("pharos").contains("first secret");
            broker.subscribed(GRANTED_QOS_1, GRANTED_QOS_1);
            MqttLogin changed = login("second secret");
            assertThat(broker.welcome()).contains(changed.userName()).contains("second secret");
        }
        assertThat(receiver.pending()).noneMatch(event -> event instanceof Event.Refused);
    }

    @Test
    void a_session_that_stands_is_ended_for_another_password_and_not_for_a_file_that_is_being_written()
            throws IOException {
        SessionReview review = new SessionReview(null, Optional.of(login("first secret")));
        assertThat(review.isNeeded()).isTrue();
        assertThat(review.objection(List.of())).isEmpty();
        MqttLogin empty = login("");
        assertThat(empty.password()).isEmpty();
        assertThat(review.objection(List.of())).isEmpty();
        Files.delete(folder.resolve("password"));
        assertThat(review.objection(List.of())).isEmpty();
        MqttLogin changed = login("second secret");
        assertThat(review.objection(List.of())).hasValue("our login at the broker has changed");
        assertThat(changed).hasToString("login of pharos");
    }

    @Test
    void without_files_there_is_nothing_to_look_at() {
        assertThat(new SessionReview(null, Optional.of(new MqttLogin("pharos", "secret"))).isNeeded())
                .isFalse();
        assertThat(new SessionReview(null, Optional.empty()).isNeeded()).isFalse();
    }
}
