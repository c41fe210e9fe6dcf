// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.kind.OneUrl;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.CwmpFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a device know a controller, or forget it, that has one URL for it in place of rows. All is written by one
/// request, so that it has all of it or nothing. Another controller that it has is left alone.
final class UrlTask extends RowTask {
    private final UspDoor door;
    private final OneUrl words;
    private final boolean forgets;
    private final String key;
    private boolean written;

    private UrlTask(
            UspDoor door, OneUrl words, boolean forgets, Approach approach, String parameterKey, Progress progress) {
        super(reading(words), approach, progress);
        this.door = door;
        this.words = words;
        this.forgets = forgets;
        this.key = parameterKey;
    }

    static UrlTask of(
            Errand.MeetController errand, OneUrl words, Approach approach, String parameterKey, Progress progress) {
        return new UrlTask(errand.door(), words, false, approach, parameterKey, progress);
    }

    static UrlTask of(
            Errand.LeaveController errand, OneUrl words, Approach approach, String parameterKey, Progress progress) {
        return new UrlTask(errand.door(), words, true, approach, parameterKey, progress);
    }

    private static List<String> reading(OneUrl words) {
        List<String> all = new ArrayList<>(Compared.PATHS);
        all.add(words.url());
        return all;
    }

    @Override
    Optional<Task> following(ErrandEnd before) {
        if (before instanceof ErrandEnd.Refused refused) {
            return end(refused);
        }
        String there = known(words.url());
        boolean ours = there.equals(door.toString());
        if (written || (forgets && !ours)) {
            return end(forgets ? new ErrandEnd.Left(List.of()) : new ErrandEnd.Met(Compared.in(known()), remark()));
        }
        if (!forgets && !(door.way() instanceof UspDoor.Way.WebSocket)) {
            return end(refused("its controller is one URL to it (usp-url), which we write for WebSocket only"));
        }
        if (!forgets && !there.isEmpty() && !ours) {
            return end(refused("it has another controller already: " + there));
        }
        written = true;
        return Optional.of(new SetTask(new Errand.SetValues(values()), approach(), key, part()));
    }

    private static ErrandEnd refused(String why) {
        return new ErrandEnd.Refused(CwmpFault.of(StandardFaultCode.REQUEST_DENIED, why));
    }

    private String remark() {
        return door.authority().isPresent()
                ? "it takes no certificates by its kind, and has to trust this server already"
                : "";
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        words.controller()
                .ifPresent(path ->
                        values.put(path, forgets ? "" : door.controller().toString()));
        values.put(words.url(), forgets ? "" : door.toString());
        words.enable().ifPresent(path -> values.put(path, Boolean.toString(!forgets)));
        return values;
    }
}
