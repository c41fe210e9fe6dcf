// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.store.TwinStore;
import dev.pharos.server.rest.json.FileOffer;
import dev.pharos.server.store.FileAction;
import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files that a device has, as its twin knows them.
final class FileOffers {
    private static final Pattern NAME = Pattern.compile("[.]([0-9]{1,9})[.]Name");

    /// Values of a table of files: more rows than any device has, times what a row has.
    private static final int VALUES = 400;

    private FileOffers() {}

    /// @param unnamed whether it may have files that it does not name, as over TR-069: one of each kind then
    static List<FileOffer> of(TwinStore twins, EndpointId device, boolean unnamed) {
        List<FileOffer> offers = new ArrayList<>();
        for (FileAction action : List.of(FileAction.BACKUP, FileAction.LOG)) {
            String table = action.object(1).replaceFirst("1[.]$", "");
            List<FileOffer> told = Stream.of(table, table.replaceFirst("^Device", "InternetGatewayDevice"))
                    .map(each -> named(twins, device, action, each))
                    .filter(found -> !found.isEmpty())
                    .findFirst()
                    .orElse(List.of());
            offers.addAll(
                    told.isEmpty() && unnamed
                            ? List.of(new FileOffer(action.kind().text(), 1, ""))
                            : told);
        }
        return offers;
    }

    private static List<FileOffer> named(TwinStore twins, EndpointId device, FileAction action, String table) {
        return twins.list(device, table, VALUES).stream()
                .flatMap(value -> {
                    Matcher row = NAME.matcher(value.path().substring(table.length() - 1));
                    return row.matches()
                            ? Stream.of(
                                    new FileOffer(action.kind().text(), Integer.parseInt(row.group(1)), value.value()))
                            : Stream.empty();
                })
                .toList();
    }
}
