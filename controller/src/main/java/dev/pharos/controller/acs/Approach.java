// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.kind.Manner;
import dev.pharos.controller.kind.Naming;
import dev.pharos.controller.store.TwinStore;
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
