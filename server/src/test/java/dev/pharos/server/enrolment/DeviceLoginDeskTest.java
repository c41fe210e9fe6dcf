// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.acs.BrokerLogins;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.Stores;
import dev.pharos.requirements.Requirement;
import dev.pharos.server.broker.DeviceLogins.Newcomer;
import dev.pharos.server.store.AuditStore;
import dev.pharos.server.store.BootstrapStore;
import dev.pharos.server.store.BootstrapStore.Bootstrap;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.DeviceLoginStore;
import dev.pharos.server.store.DeviceLoginStore.DeviceLogin;
import dev.pharos.server.store.EnrolmentStore;
import dev.pharos.server.store.PostgresDeviceStore;
import dev.pharos.server.store.Tenant;
import dev.pharos.server.store.TestDatabase;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who comes to the broker with what. That a device is given its login over USP is walked by `BrokerLoginWalkTest`.
class DeviceLoginDeskTest {
    private static final Database DATABASE = TestDatabase.database();
    private static final EndpointId ONE = EndpointId.of("os::00256D-1");
    private static final EndpointId TWO = EndpointId.of("os::00256D-2");

    private final ManualClock clock = new ManualClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final Bootstraps bootstraps = new Bootstraps(new BootstrapStore(DATABASE), List::of, clock);
    private final DeviceLoginStore logins = new DeviceLoginStore(DATABASE);
    private final EnrolmentStore enrolments = new EnrolmentStore(DATABASE);
    private final Stores inMemory = InMemoryStores.create();
    private final UspController controller = new UspController(ControllerSettings.of(new Stores(
                    new PostgresDeviceStore(DATABASE), inMemory.twins(), inMemory.events(), inMemory.models()))
            .withClock(clock));
    private final DeviceLoginDesk desk = new DeviceLoginDesk(
            new DeviceLoginDesk.Parts(controller, bootstraps, logins, enrolments, new AuditStore(DATABASE), clock));

    @BeforeEach
    void begin_with_one_bootstrap_and_without_devices() {
        bootstraps.all().forEach(one -> bootstraps.remove(one.name()));
        controller.forget(ONE);
        controller.forget(TWO);
        bootstraps.add(new Bootstrap(
                "batch-7",
                "os::00256D-*",
                1,
                true,
                clock.instant().plus(Duration.ofDays(30)),
                Optional.of(Bootstraps.secret("shared")),
                Optional.empty(),
                clock.instant(),
                "test",
                0,
                Tenant.MAIN));
    }

    @AfterEach
    void end() {
        controller.close();
    }

    private static void turnedAway(Newcomer newcomer, String reason) {
        assertThat(newcomer)
                .isInstanceOfSatisfying(
                        Newcomer.TurnedAway.class,
                        away -> assertThat(away.reason()).contains(reason));
    }

    private boolean give(EndpointId device, String password) {
        return logins.put(device, DeviceLogin.by("batch-7", Bootstraps.secret(password)), 1, clock.instant());
    }

    @Test
    void only_the_right_password_for_the_right_device_in_time_lets_in() {
        assertThat(desk.newcomer("batch-7", "wrong", ONE)).isEqualTo(new Newcomer.Unknown());
        assertThat(desk.newcomer("batch-8", "shared", ONE)).isEqualTo(new Newcomer.Unknown());
        turnedAway(desk.newcomer("batch-7", "shared", EndpointId.of("os::00256E-1")), "and not for os::00256E-1");
        assertThat(desk.newcomer("batch-7", "shared", ONE)).isEqualTo(new Newcomer.LetIn());
        assertThat(controller.device(ONE).orElseThrow().approved()).isTrue();
        clock.advance(Duration.ofDays(31));
        turnedAway(desk.newcomer("batch-7", "shared", ONE), "has expired");
    }

    @Test
    @Requirement("R-SEC.9")
    void a_bootstrap_is_worth_nothing_to_a_device_that_has_used_its_own_login() {
        assertThat(desk.newcomer("batch-7", "shared", ONE)).isEqualTo(new Newcomer.LetIn());
        assertThat(give(ONE, "own")).isTrue();
        assertThat(desk.newcomer("batch-7", "shared", ONE))
                .as("it may not have got it")
                .isEqualTo(new Newcomer.LetIn());
        assertThat(desk.device(ONE.toString(), "shared")).isEmpty();
        assertThat(desk.device(TWO.toString(), "own")).isEmpty();
        assertThat(desk.device("batch-7", "shared")).isEmpty();
        assertThat(desk.device(ONE.toString(), "own")).contains(ONE);
        turnedAway(desk.newcomer("batch-7", "shared", ONE), "a credential of its own");
        logins.takeBack(ONE, Bootstraps.secret("own"));
        assertThat(desk.device(ONE.toString(), "own")).as("what is used stays").contains(ONE);
    }

    @Test
    void no_more_devices_get_a_login_by_a_bootstrap_than_may() {
        assertThat(desk.newcomer("batch-7", "shared", ONE)).isEqualTo(new Newcomer.LetIn());
        assertThat(desk.newcomer("batch-7", "shared", TWO)).isEqualTo(new Newcomer.LetIn());
        assertThat(give(ONE, "one")).isTrue();
        assertThat(give(TWO, "two")).isFalse();
        turnedAway(desk.newcomer("batch-7", "shared", TWO), "as many devices as may");
        assertThat(bootstraps.find("batch-7").orElseThrow().enrolled()).isEqualTo(1);
        assertThat(give(ONE, "another")).as("the same device once more").isTrue();
        assertThat(desk.device(ONE.toString(), "one")).isEmpty();
    }

    @Test
    void an_operator_lets_a_device_come_once_more_that_has_lost_its_login() {
        assertThat(desk.newcomer("batch-7", "shared", ONE)).isEqualTo(new Newcomer.LetIn());
        give(ONE, "own");
        desk.device(ONE.toString(), "own");
        controller.provided(ONE);
        enrolments.open(ONE, clock.instant().plus(Duration.ofDays(1)));
        assertThat(desk.newcomer("batch-7", "shared", ONE)).isEqualTo(new Newcomer.LetIn());
        assertThat(controller.device(ONE).orElseThrow().verified())
                .as("who comes so has proved nothing")
                .isFalse();
        assertThat(give(ONE, "new")).isTrue();
        assertThat(desk.device(ONE.toString(), "own")).isEmpty();
        assertThat(desk.device(ONE.toString(), "new")).contains(ONE);
        turnedAway(desk.newcomer("batch-7", "shared", ONE), "a credential of its own");
    }

    @Test
    void a_login_made_by_hand_lets_a_device_in_that_was_not_known_and_ends_the_one_before() {
        String first = desk.make(TWO);
        turnedAway(desk.newcomer("batch-7", "shared", TWO), "a credential of its own");
        assertThat(controller.device(TWO).orElseThrow().approved()).isTrue();
        assertThat(desk.device(TWO.toString(), first)).contains(TWO);
        String second = desk.make(TWO);
        assertThat(desk.device(TWO.toString(), first)).isEmpty();
        assertThat(desk.device(TWO.toString(), second)).contains(TWO);
    }

    @Test
    void a_login_of_a_move_lets_in_until_it_is_withdrawn_and_one_by_hand_stays() {
        MoveLogins moves = new MoveLogins(logins, new AuditStore(DATABASE), clock);
        controller.expect(ONE, true);
        BrokerLogins.Login first = moves.make(ONE);
        BrokerLogins.Login second = moves.make(ONE);
        assertThat(desk.device(first.userName(), first.password()))
                .as("the next takes its place")
                .isEmpty();
        assertThat(desk.device(second.userName(), second.password())).contains(ONE);
        turnedAway(desk.newcomer("batch-7", "shared", ONE), "a credential of its own");
        moves.withdraw(ONE);
        moves.withdraw(ONE);
        assertThat(desk.device(second.userName(), second.password())).isEmpty();
        String byHand = desk.make(ONE);
        moves.withdraw(ONE);
        assertThat(desk.device(ONE.toString(), byHand)).contains(ONE);
        assertThatThrownBy(() -> moves.make(TWO)).isInstanceOf(StoreException.class);
        AuditStore.Search ofMoves =
                new AuditStore.Search("migration", ONE.toString(), "", "", Optional.empty(), Optional.empty());
        List<String> audited = new AuditStore(DATABASE)
                .newest(ofMoves, Long.MAX_VALUE, 3).stream()
                        .map(each -> each.entry().action())
                        .toList();
        assertThat(audited).containsExactly("take login back", "give login", "give login");
        assertThat(second.toString()).doesNotContain(second.password());
    }
}
