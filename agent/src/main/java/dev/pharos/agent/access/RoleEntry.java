// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.access;

import dev.pharos.usp.Frozen;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathList;
import java.util.ArrayList;
import java.util.List;

/// An enabled row of a Role's Permission table.
///
/// @param rights the bits of each [Right] that it gives; it takes all others away from its targets
record RoleEntry(List<RoleTarget> targets, int rights) {
    private static final List<Right> PARAM =
            List.of(Right.READ_PARAMETER, Right.WRITE_PARAMETER, Right.NOTIFY_PARAMETER);
    private static final List<Right> OBJ = List.of(Right.READ_OBJECT, Right.ADD_ROW, Right.NOTIFY_ROW_ADDED);
    private static final List<Right> INSTANTIATED_OBJ =
            List.of(Right.READ_ROW, Right.DELETE_ROW, Right.NOTIFY_ROW_DELETED);
    private static final List<Right> COMMAND_EVENT =
            List.of(Right.READ_COMMAND_OR_EVENT, Right.OPERATE, Right.NOTIFY_COMMAND_OR_EVENT);

    RoleEntry {
        targets = Frozen.list(targets);
    }

    /// Reads the five parameters of a row.
    ///
    /// @throws UspException 7012 where one of them says nothing that makes sense
    static RoleEntry of(String targets, String param, String obj, String instantiatedObj, String commandEvent) {
        int rights = rights("Param", param, 'w', PARAM)
                | rights("Obj", obj, 'w', OBJ)
                | rights("InstantiatedObj", instantiatedObj, 'w', INSTANTIATED_OBJ)
                | rights("CommandEvent", commandEvent, 'x', COMMAND_EVENT);
        return new RoleEntry(targets(targets), rights);
    }

    private static List<RoleTarget> targets(String text) {
        List<RoleTarget> targets = new ArrayList<>();
        for (String item : PathList.split(text)) {
            try {
                targets.add(RoleTarget.parse(item));
            } catch (MalformedInputException malformed) {
                throw new UspException(StandardErrorCode.INVALID_VALUE, "Targets: " + malformed.detail());
            }
        }
        return targets;
    }

    /// @param middle the letter between r and n that gives something here
    private static int rights(String parameter, String letters, char middle, List<Right> meaning) {
        if (!letters.matches("[r-][w-][x-][n-]")) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE,
                    parameter + ": r, w, x and n in this order, each replaced by - where it is not given, not \""
                            + letters + '"');
        }
        int rights = 0;
        rights |= letters.indexOf('r') >= 0 ? meaning.get(0).bit() : 0;
        rights |= letters.indexOf(middle) >= 0 ? meaning.get(1).bit() : 0;
        rights |= letters.indexOf('n') >= 0 ? meaning.get(2).bit() : 0;
        return rights;
    }

    boolean coversEverything() {
        return targets.stream().anyMatch(RoleTarget::coversEverything);
    }
}
