// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import dev.pharos.controller.job.AudienceReader;
import dev.pharos.controller.job.DeviceChore;
import dev.pharos.controller.job.DeviceLine;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.profile.DeviceLenses;
import dev.pharos.controller.profile.Holding;
import dev.pharos.controller.profile.ProfileChore;
import dev.pharos.controller.profile.ProfileLedger;
import dev.pharos.controller.profile.ProfiledDevices;
import dev.pharos.controller.profile.Restoration;
import dev.pharos.controller.profile.SecretMark;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.Stores;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.PostgresProfileLedger;
import dev.pharos.server.store.PostgresProfiledDevices;
import dev.pharos.server.store.ProfileStore;
import dev.pharos.server.store.ProfileUpkeepStore;
import dev.pharos.server.store.ServerKeyStore;
import java.time.Clock;
import java.util.function.Consumer;

/// The parts that have to do with profiles, put together.
public final class Profiles {
    private final ProfileStore store;
    private final ProfilePlanner planner;
    private final HeldProfiles held;
    private final DeviceChore chore;
    private final ProfiledDevices devices;
    private final ProfileUpkeepStore upkeep;
    private final ProfileKeeper.Hands hands;
    private final Clock clock;

    /// @param line by which devices are asked, over USP and TR-069
    public Profiles(Stores stores, Database database, DeviceLine line, AudienceReader queries, Clock clock) {
        SecretMark marks = SecretMarks.with(new ServerKeyStore(database));
        DeviceLenses lenses = new DeviceLenses(stores.models(), marks);
        this.devices = new PostgresProfiledDevices(database);
        this.upkeep = new ProfileUpkeepStore(database);
        ProfileLedger ledger = new PostgresProfileLedger(database);
        this.store = new ProfileStore(database);
        this.planner = new ProfilePlanner(queries, devices, lenses);
        this.held = new HeldProfiles(store, planner);
        this.clock = clock;
        Holding holding = new Holding(line, ledger, lenses, marks);
        this.hands = new ProfileKeeper.Hands(ledger, holding, lenses);
        this.chore = new ProfileChore(new ProfileChore.Parts(
                held,
                devices,
                ledger,
                holding,
                new Restoration(line, device -> stores.devices().find(device).map(DeviceRecord::transport), ledger),
                clock));
    }

    /// What jobs do for profiles.
    public DeviceChore chore() {
        return chore;
    }

    /// @param history where it tells what it does
    public ProfileKeeper keeper(Consumer<NewEvent> history) {
        return new ProfileKeeper(new ProfileKeeper.Parts(held, devices, planner, upkeep, hands, history, clock));
    }

    public ProfileDesk desk(JobRunner jobs) {
        return new ProfileDesk(new ProfileDesk.Parts(store, held, planner, devices, upkeep, jobs, clock));
    }
}
