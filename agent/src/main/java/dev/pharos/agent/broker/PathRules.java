// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.usp.Fault;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.Segment;
import java.util.List;
import java.util.Optional;

/// Which paths nobody may register, whoever asks: what is no plain object path, and what the agent backs
/// itself.
///
/// @param own what the agent's own service elements support
record PathRules(SupportedDataModel own) {
    /// What the agent is, whether it backs all of it or not.
    private static final List<String> RESERVED = List.of("Device.LocalAgent.", "Device.USPServices.");

    private static final String ROOT = "Device.";

    /// Why this path cannot be registered; empty where it can.
    Optional<Fault> refusal(String path) {
        Optional<Fault> form = form(path);
        return form.isPresent() ? form : collision(path);
    }

    /// A registered path has neither Instance Numbers nor `{i}` (R-REG.2), and is an object here.
    private static Optional<Fault> form(String path) {
        PathName name;
        try {
            name = PathName.parse(path);
        } catch (MalformedInputException malformed) {
            return failure(malformed.detail());
        }
        if (!name.segments().stream().allMatch(Segment.Name.class::isInstance)) {
            return failure("a registered path has neither Instance Numbers nor {i} nor searches: " + path);
        }
        if (!name.isObject()) {
            return failure("this broker registers objects, whose paths end with a dot: " + path);
        }
        if (!path.startsWith(ROOT) || path.length() == ROOT.length()) {
            return failure("a registered path lies beneath " + ROOT + ": " + path);
        }
        return Optional.empty();
    }

    private Optional<Fault> collision(String path) {
        if (RESERVED.stream().anyMatch(reserved -> overlap(reserved, path))) {
            return inUse(path, "it belongs to the agent itself");
        }
        for (ObjectDefinition object : own.objects()) {
            if (object.isTable()
                    && path.startsWith(tablePath(object))
                    && path.length() > tablePath(object).length()) {
                return failure("nothing can be registered beneath the table " + tablePath(object) + ": " + path);
            }
            if (object.path().startsWith(path)) {
                return inUse(path, "the agent itself backs " + object.path());
            }
        }
        return Optional.empty();
    }

    private static String tablePath(ObjectDefinition table) {
        return table.path().substring(0, table.path().length() - "{i}.".length());
    }

    /// Whether one of two object paths is the other or lies beneath it.
    static boolean overlap(String one, String other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    private static Optional<Fault> failure(String why) {
        return Optional.of(new Fault(StandardErrorCode.REGISTER_FAILURE, why));
    }

    static Optional<Fault> inUse(String path, String why) {
        return Optional.of(new Fault(StandardErrorCode.ALREADY_IN_USE, path + ": " + why));
    }
}
