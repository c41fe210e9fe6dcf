// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import dev.pharos.mtp.stomp.StompDestinations;
import dev.pharos.requirements.Requirement;
import dev.pharos.server.broker.StompWire.Frame;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a device may read and write over STOMP, and how it tries to get more.
class StompRightsTest {
    private static final String THIEF = "self::thief";
    private static final String THIEFS = "/topic/usp.agent.self::thief";
    private static final String VICTIMS = "/topic/usp.agent.self::victim";
    private static final String CONTROLLERS = StompDestinations.forController(BrokerBed.CONTROLLER);

    private final List<StompWire> clients = new ArrayList<>();
    private BrokerBed bed;

    @BeforeEach
    void start() throws IOException {
        bed = new BrokerBed();
    }

    @AfterEach
    void stop() throws IOException {
        for (StompWire client : clients) {
            client.close();
        }
        bed.close();
    }

    private StompWire wire() throws IOException {
        StompWire made = new StompWire(bed.broker.stompPort().orElseThrow());
        clients.add(made);
        return made;
    }

    private StompWire device(String id) throws IOException {
        StompWire made = wire();
        assertThat(made.open(id).command()).isEqualTo("CONNECTED");
        return made;
    }

    private StompWire controller() throws IOException {
        StompWire made = wire();
        BrokerLogin login = bed.broker.controllerLogin();
        assertThat(made.open("self::controller", "login:" + login.userName(), "passcode:" + login.password())
                        .command())
                .isEqualTo("CONNECTED");
        return made;
    }

    @ParameterizedTest
    @Requirement("R-STOMP.34")
    @ValueSource(
            strings = {
                VICTIMS,
                "/topic/usp.agent.#",
                "/topic/usp.agent.*",
                "/topic/usp.agent.>",
                "/topic/#",
                "#",
                "*",
                ">",
                "/topic/usp.agent.self::thief.x",
                "/topic/usp.agent.self::thiefx",
                "/topic/usp.agent.self::thief,/topic/usp.agent.self::victim",
                "/topic/usp.agent.self::thief::/topic/usp.agent.self::victim",
                "/topic/usp/agent/self::thief",
                "usp.agent.self::thief",
                "usp/agent/self::victim",
                "usp.agent.self_3a_3avictim",
                "stomp._2ftopic_2fusp_2eagent_2eself_3a_3avictim",
                "_2ftopic_2fusp_2eagent_2eself_3a_3avictim",
                "/queue/x",
                "queue://x",
                "multicast://stomp.#",
                "activemq.notifications",
                "activemq.management",
                "$sys.mqtt.sessions",
                "expired"
            })
    void no_device_listens_to_what_is_not_its_own(String destination) throws IOException {
        StompWire thief = device(THIEF);

        Frame answer = thief.subscribe("1", destination);

        assertThat(answer.command()).isEqualTo("ERROR");
        assertThat(thief.next().command()).isEqualTo("END");
        assertThat(bed.refusals).anyMatch(reason -> reason.contains("may not listen at " + destination));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                VICTIMS,
                THIEFS,
                "/topic/usp.controller.self::other",
                "/topic/usp.controller.#",
                "usp/controller/self::controller.example",
                "usp.controller.self_3a_3acontroller_2eexample",
                "activemq.management",
                "elsewhere"
            })
    void no_device_sends_anywhere_but_to_its_controller(String destination) throws IOException {
        StompWire thief = device(THIEF);

        thief.send(destination, THIEFS, "forged");

        assertThat(thief.next().command()).isEqualTo("ERROR");
        assertThat(thief.next().command()).isEqualTo("END");
        assertThat(bed.refusals).anyMatch(reason -> reason.contains("may not send to " + destination));
    }

    @ParameterizedTest
    @ValueSource(strings = {VICTIMS, "/topic/usp.agent.#", "usp/agent/self::victim", ""})
    void no_device_lets_answers_go_to_another(String replyTo) throws IOException {
        StompWire thief = device(THIEF);

        thief.send(CONTROLLERS, replyTo, "forged");

        assertThat(thief.next().command()).isEqualTo("ERROR");
    }

    /// Artemis would give each of these a meaning; none gets through.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "destination-type:ANYCAST",
                "selector:1=1",
                "durable-subscription-name:x",
                "client-id:device-self_3a_3avictim",
                "reply-to:stomp._2ftopic_2fusp_2eagent_2eself_3a_3avictim",
                "AMQ_SCHEDULED_DELAY:1000000",
                "_AMQ_ROUTE_TO:x",
                "persistent:true"
            })
    void headers_that_artemis_knows_have_no_effect(String header) throws IOException {
        StompWire controller = controller();
        assertThat(controller.subscribe("1", CONTROLLERS).command()).isEqualTo("RECEIPT");
        StompWire device = device(THIEF);
        device.write("SUBSCRIBE", "id:1", "destination:" + StompWire.escape(THIEFS), "receipt:r", header);
        assertThat(device.next().command()).isEqualTo("RECEIPT");

        device.write("SEND", "destination:" + StompWire.escape(CONTROLLERS), header, "\nhello");

        Frame message = controller.next();
        assertThat(message.body()).isEqualTo("hello");
        assertThat(message.header("destination")).isEqualTo(StompWire.escape(CONTROLLERS));
        assertThat(message.head()).noneMatch(line -> line.startsWith(header.substring(0, header.indexOf(':') + 1)));
    }

    /// Each pair differs only in what brokers take for the same, or for more than one.
    @ParameterizedTest
    @Requirement("R-STOMP.34")
    @CsvSource({
        "self::a.b, self::a-b",
        "self::a.b, self:a:b",
        "self::a%2Fb, self::a.b",
        "self::a%2Bb, self::a%2Fb",
        "self::a%23, self::a",
        "x::device, y::device",
        "os::0200F0-A.B, os::0200F0-A_B",
        "self::a_2eb, self::a.b",
        "self::%25, self::%2525",
        "self::CASE, self::case"
    })
    void similar_endpoint_ids_hear_only_what_is_theirs(String one, String other) throws IOException {
        String ones = StompDestinations.forAgent(EndpointId.of(one));
        String others = StompDestinations.forAgent(EndpointId.of(other));
        StompWire first = device(one);
        StompWire second = device(other);
        assertThat(first.subscribe("1", ones).command()).isEqualTo("RECEIPT");
        assertThat(second.subscribe("1", others).command()).isEqualTo("RECEIPT");
        StompWire controller = controller();

        controller.send(ones, CONTROLLERS, "one");
        controller.send(others, CONTROLLERS, "two");
        controller.send(ones, CONTROLLERS, "last one");
        controller.send(others, CONTROLLERS, "last two");

        assertThat(first.next().body()).isEqualTo("one");
        assertThat(first.next().body()).isEqualTo("last one");
        assertThat(second.next().body()).isEqualTo("two");
        assertThat(second.next().body()).isEqualTo("last two");
        assertThat(device(one).subscribe("1", others).command()).isEqualTo("ERROR");
    }

    @Test
    void stomp_and_mqtt_do_not_reach_into_each_other() throws IOException {
        StompWire controller = controller();
        assertThat(controller.subscribe("1", CONTROLLERS).command()).isEqualTo("RECEIPT");
        Mqtt5BlockingClient overMqtt = bed.controller();
        Queue<String> heard = BrokerBed.heard(overMqtt);
        assertThat(BrokerBed.subscribes(overMqtt, "usp/#")).isTrue();
        assertThat(BrokerBed.subscribes(overMqtt, "stomp/#")).isFalse();

        device("self::both").send(CONTROLLERS, "/topic/usp.agent.self::both", "over stomp");
        BrokerBed.publish(bed.device("self::both"), BrokerBed.CONTROLLER_TOPIC, "over mqtt");

        assertThat(controller.next().body()).isEqualTo("over stomp");
        await().atMost(BrokerBed.patience())
                .untilAsserted(() -> assertThat(heard).containsExactly(BrokerBed.CONTROLLER_TOPIC + " over mqtt"));
    }

    @Test
    void a_controller_login_stays_within_this_platforms_destinations() throws IOException {
        assertThat(controller().subscribe("1", CONTROLLERS).command()).isEqualTo("RECEIPT");
        assertThat(controller().subscribe("1", "activemq.notifications").command())
                .isEqualTo("ERROR");
        assertThat(controller().subscribe("1", "/topic/other").command()).isEqualTo("ERROR");
    }
}
