// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.kind.Kinds;
import dev.pharos.controller.kind.Known;
import dev.pharos.controller.kind.Manner;
import dev.pharos.controller.kind.Naming;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.twin.Twins;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.List;

/// How one device is asked for something, and by which names.
///
/// @param root of the device's own data model, with its dot
record Approach(EndpointId device, String root, Manner manner, Naming naming, TwinStore twins) {
    /// Where all is shown that is shown by another name than the device's own.
    static final String SHARED = "Device.";

    /// By its kind, and by what its twin knows of it.
    ///
    /// @param root of the device's own data model, with its dot
    static Approach of(AcsOffice office, EndpointId device, DeviceIdentity identity, String root) {
        TwinStore twins = office.parts().stores().twins();
        return new Approach(
                device,
                root,
                office.kinds().mannerFor(identity),
                naming(office, device, identity, root, KnownOfDevice.remembered(twins, device)),
                twins);
    }

    /// Who is here over USP says the shared names itself.
    static Naming naming(AcsOffice office, EndpointId device, DeviceIdentity identity, String root, Known known) {
        Kinds kinds = office.isOverUsp(device) ? Kinds.NONE : office.kinds();
        return kinds.namingFor(identity, root.substring(0, root.length() - 1), known);
    }

    /// The root of a data model, by the names of what it has.
    static String root(List<ParameterValue> parameters) {
        return parameters.stream()
                .map(ParameterValue::name)
                .filter(name -> name.indexOf('.') > 0)
                .map(name -> name.substring(0, name.indexOf('.') + 1))
                .findFirst()
                .orElse(SHARED);
    }

    /// The same device, of which more is known.
    Approach with(Naming better) {
        return new Approach(device, root, manner, better, twins);
    }

    /// Whether it may be asked for this: a parameter or all beneath an object, by its name in USP.
    boolean mayAsk(String path) {
        return manner.takesUnknownNames()
                || (path.endsWith(".")
                        ? !twins.list(device, path, 1).isEmpty()
                        : twins.find(device, path).isPresent());
    }

    /// What the device calls this parameter, or this object of whose rows one is made or removed.
    String ownName(String path) {
        return (path.endsWith(".") ? naming.ownObject(path) : naming.own(path).map(Naming.Own::path))
                .orElseGet(() -> CwmpNames.forAcs(path));
    }

    /// What the device is asked for to know what is there.
    List<String> ownNames(String path) {
        if (!path.endsWith(".")) {
            return List.of(ownName(path));
        }
        List<String> names = new ArrayList<>(naming.ownBeneath(path));
        if (names.isEmpty() || path.startsWith(root)) {
            names.add(CwmpNames.forAcs(path));
        }
        return names;
    }

    /// What the device tells, as it is kept.
    List<TwinValue> values(Twins of, List<ParameterValue> parameters, TwinValue.Source source) {
        return parameters.stream()
                .filter(each -> !each.name().isEmpty() && !each.name().endsWith("."))
                .limit(Limits.VALUES)
                .map(each -> of.value(CwmpNames.inModel(each.name()), CwmpNames.valueInModel(each.value()), source))
                .toList();
    }

    /// Of what is news, that of which an event tells.
    List<TwinValue> toTell(List<TwinValue> news) {
        return news.stream()
                .filter(value -> !manner.isQuiet(value.path()) && !isShownOtherwise(value.path()))
                .toList();
    }

    /// Each row by its number, and with all that is shown besides by another name, as an ACS calls it.
    List<ParameterValue> withShown(List<ParameterValue> said) {
        List<ParameterValue> told = new RowNumbers(twins, device).of(said);
        if (naming.isPlain()) {
            return told;
        }
        List<ParameterValue> all = new ArrayList<>(told);
        told.forEach(each -> naming.shown(each.name(), each.value())
                .forEach(shown ->
                        all.add(new ParameterValue(CwmpNames.forAcs(shown.path()), each.type(), shown.value()))));
        return all;
    }

    /// Whether this is what the device calls something that is shown by the name that all share.
    boolean isShownOtherwise(String path) {
        return !naming.isPlain()
                && !path.startsWith(SHARED)
                && !naming.shown(path, "").isEmpty();
    }
}
