// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.acs.EventKeeper.Told;
import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.udp.LightweightNotification;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Takes what devices tell in datagrams (lightweight notifications, TR-069 Annex N), of those who are let in by a
/// login. Whoever sends one signs it, and may send it again: each is taken once, none that is older than another, and
/// none from another time than ours. Thread-safe.
public final class LightDesk {
    private final AcsOffice office;
    private final HeardStore store;

    LightDesk(AcsOffice office, HeardStore store) {
        this.office = office;
        this.store = store;
    }

    /// @param device whose login has signed it
    /// @param from where it came from, for people
    /// @param loopback whether that is this host
    /// @return why it is not taken; empty where it is kept
    public Optional<String> heard(
            EndpointId device, LightweightNotification notification, String from, boolean loopback) {
        Optional<DeviceRecord> known = office.parts().stores().devices().find(device);
        PeerIdentity peer = new PeerIdentity(Optional.of(device), PeerIdentity.Proof.CREDENTIALS, from, loopback);
        if (known.isEmpty() || !office.isCalled(device, notification.device())) {
            return Optional.of("it names a device whose login it is not");
        }
        if (office.proofs().of(device).wanted() != ProofWanted.EITHER) {
            return Optional.of("a login alone does not prove it");
        }
        if (!(office.parts().door().admission().decide(device, peer, known) instanceof Admission.Admitted)) {
            return Optional.of("the device has not been let in");
        }
        if (office.isOverUsp(device)) {
            return Optional.of("the device is connected over USP, which tells the same");
        }
        Instant said = Instant.ofEpochSecond(notification.time());
        Duration apart = Duration.between(said, office.now()).abs();
        if (apart.compareTo(Limits.LIGHT_CLOCKS) > 0) {
            return Optional.of("its clock says " + said + ", which is more than " + Limits.LIGHT_CLOCKS.toMinutes()
                    + " minutes from ours");
        }
        if (!store.isNew(device, notification.time(), notification.nonce(), Limits.LIGHT_A_SECOND)) {
            return Optional.of("it has come already, or is older than another");
        }
        return keep(known.get(), notification.parameters());
    }

    private Optional<String> keep(DeviceRecord device, List<ParameterValue> parameters) {
        AcsOffice.Parts parts = office.parts();
        Approach approach = Approach.of(office, device.id(), device.identity(), Approach.root(parameters));
        List<TwinValue> values =
                approach.values(parts.twins(), approach.withShown(parameters), TwinValue.Source.NOTIFY);
        List<TwinValue> news = Telling.news(parts.stores().twins(), device.id(), values);
        List<Told> told = new Telling(device.id(), office.now())
                .informed(List.of(new EventStruct(StandardEvent.VALUE_CHANGE, "")), approach.toTell(news));
        Optional<String> failure = new EventKeeper(parts.events()).keep(told);
        if (failure.isEmpty() && !news.isEmpty()) {
            parts.stores().twins().put(device.id(), news);
        }
        return failure;
    }
}
