// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.usp.UspException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The programs that run the gateway, as far as a mapping knows them.
public interface Daemons {

    /// Tells that a package was committed.
    ///
    /// @throws UspException where it is refused
    void reload(String packageName, Mapping.Reload reload);

    /// Has something done; waits for it to be accepted.
    ///
    /// @throws UspException where it is refused
    void call(String object, String method, UbusTable arguments);

    /// Has something found out; waits for it as long as a radio needs to listen to all channels.
    ///
    /// @return what is answered; nothing where it is refused
    List<UbusTable> find(String object, String method, UbusTable arguments) throws InterruptedException;

    /// Asks how things stand; waits for an answer for a short while.
    ///
    /// @return empty where nobody answers
    Optional<UbusTable> ask(State.Question question) throws InterruptedException;

    /// Has the news of [#onNews] run too whenever one of these objects notifies by one of these names, and no longer
    /// for other objects.
    ///
    /// @param names by object, which may come later
    void follow(Map<String, Set<String>> names) throws InterruptedException;

    /// Tells whoever listens that what was committed of these packages was taken back.
    ///
    /// @param why in words for people
    void takenBack(List<String> packages, String why);

    /// Has `news` run whenever something may stand differently; on a thread that must not wait.
    void onNews(Runnable news);
}
