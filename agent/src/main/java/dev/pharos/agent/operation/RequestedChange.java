// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Right;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.TransactionBody;
import dev.pharos.usp.Fault;
import dev.pharos.usp.UspException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Changes the data model for one controller, and tells it no more of a failure than it may know: where the
/// text of a failed commit names something that the controller cannot read, only the meaning of the error
/// code is left of it.
final class RequestedChange {
    private static final Pattern PATH = Pattern.compile("Device\\.[A-Za-z0-9_.{}-]*+(?:\\(\\)|!)?");

    private final InstantiatedDataModel model;

    RequestedChange(InstantiatedDataModel model) {
        this.model = model;
    }

    /// As [InstantiatedDataModel#write]; references lead only to what this controller can see.
    <T> T write(Permissions permissions, TransactionBody<T> body) {
        AtomicBoolean own = new AtomicBoolean();
        try {
            return model.write(Origin.MANAGEMENT, permissions.readable(), transaction -> {
                try {
                    return body.run(transaction);
                } catch (UspException refused) {
                    own.set(true);
                    throw refused;
                }
            });
        } catch (UspException refused) {
            throw own.get() ? refused : new UspException(told(refused.fault(), permissions));
        }
    }

    private static Fault told(Fault fault, Permissions permissions) {
        Matcher paths = PATH.matcher(fault.errMsg());
        while (paths.find()) {
            String path = paths.group();
            boolean readable = permissions.allows(Right.READ_PARAMETER, path)
                    || permissions.allows(Right.WRITE_PARAMETER, path)
                    || permissions.allows(Right.READ_OBJECT, path)
                    || permissions.allows(Right.READ_ROW, path);
            if (!readable) {
                return new Fault(fault.errCode(), fault.errCode().title());
            }
        }
        return fault;
    }
}
