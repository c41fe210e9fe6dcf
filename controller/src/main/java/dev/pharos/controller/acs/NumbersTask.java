// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Has a device name rows by their numbers (`ManagementServer.InstanceMode`) that names them by aliases: by which it
/// does so is between it and its ACS alone, and the twin has each row by its number.
final class NumbersTask implements Task {
    static final String BY_NUMBER = "InstanceNumber";

    private final String name;
    private final String parameterKey;
    private final Consumer<Optional<CwmpFault>> told;
    private boolean begun;

    /// @param name of the parameter
    /// @param parameterKey what the device calls its configuration, which does not become another by this
    /// @param told why the device does not; empty where it does
    NumbersTask(String name, String parameterKey, Consumer<Optional<CwmpFault>> told) {
        this.name = name;
        this.parameterKey = parameterKey;
        this.told = told;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (begun) {
            return Optional.empty();
        }
        begun = true;
        return Optional.of(new SetParameterValues(
                List.of(new ParameterValue(name, PrimitiveType.STRING, BY_NUMBER)), parameterKey));
    }

    @Override
    public void answered(Answer answer) {
        switch (answer) {
            case SetParameterValuesResponse _ -> told.accept(Optional.empty());
            case CwmpFault fault -> told.accept(Optional.of(fault));
            default -> {}
        }
    }
}
