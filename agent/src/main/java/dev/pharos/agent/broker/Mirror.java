// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetResponse.RequestedPathResult;
import dev.pharos.usp.message.GetResponse.ResolvedPathResult;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/// What a Service has, as a data model of our own that is brought up to date before it is looked at: so the
/// rules of paths, searches, rights and transactions are those of the engine, in one place.
final class Mirror implements AutoCloseable {
    private final ServicePeer peer;
    private final List<String> registered;
    private final RemoteElement element;
    private final InstantiatedDataModel model;

    private Mirror(ServicePeer peer, List<String> registered, RemoteElement element, InstantiatedDataModel model) {
        this.peer = peer;
        this.registered = registered;
        this.element = element;
        this.model = model;
    }

    static Mirror of(ServicePeer peer, List<String> registered, RemoteElement element) {
        try {
            return new Mirror(
                    peer, registered, element, InstantiatedDataModel.start(List.of(element), ChangeJournal.none()));
        } catch (IOException | IllegalArgumentException impossible) {
            throw new UspException(
                    StandardErrorCode.INTERNAL_ERROR,
                    "the data model of " + peer.service() + " makes no sense: " + impossible.getMessage());
        }
    }

    InstantiatedDataModel model() {
        return model;
    }

    RemoteElement element() {
        return element;
    }

    /// Asks the Service for all that it has.
    void refresh() {
        refresh(Set.copyOf(registered), Set.of());
    }

    /// Asks the Service for what these paths may need, in one Get.
    void refreshFor(Collection<String> paths) {
        Set<String> objects = new LinkedHashSet<>();
        Set<String> leaves = new LinkedHashSet<>();
        for (String text : paths) {
            PathName path = PathName.require(text);
            String known = knownPart(path);
            if (registered.stream().noneMatch(known::startsWith)) {
                registered.stream().filter(root -> root.startsWith(known)).forEach(objects::add);
            } else if (path.leafKind() == PathName.LeafKind.PARAMETER
                    && path.toString().equals(known + path.leaf())) {
                leaves.add(path.toString());
            } else {
                objects.add(known);
            }
        }
        refresh(objects, leaves);
    }

    /// The steps before the first search.
    private static String knownPart(PathName path) {
        StringBuilder known = new StringBuilder();
        for (Segment segment : path.segments()) {
            if (segment instanceof Segment.Name || segment instanceof Segment.Instance) {
                known.append(segment).append('.');
            } else {
                break;
            }
        }
        return known.toString();
    }

    private void refresh(Set<String> objects, Set<String> leaves) {
        List<String> asked = new ArrayList<>(objects);
        asked.addAll(leaves);
        if (asked.isEmpty()) {
            return;
        }
        GetResponse response = peer.call(new GetRequest(asked, 0));
        List<RequestedPathResult> results = response.requestedPathResults();
        if (results.size() != asked.size()) {
            throw new UspException(
                    StandardErrorCode.INTERNAL_ERROR,
                    peer.service() + " answers " + results.size() + " of " + asked.size() + " paths");
        }
        for (RequestedPathResult result : results) {
            result.fault()
                    .filter(fault -> fault.errCode() != StandardErrorCode.INVALID_PATH
                            && fault.errCode() != StandardErrorCode.OBJECT_DOES_NOT_EXIST)
                    .ifPresent(fault -> {
                        throw new UspException(fault);
                    });
        }
        element.context().update(transaction -> {
            for (int i = 0; i < asked.size(); i++) {
                List<ResolvedPathResult> found = results.get(i).resolvedPathResults();
                if (i < objects.size()) {
                    removeLost(transaction, asked.get(i), found);
                }
                found.forEach(object -> take(transaction, object));
            }
            return asked;
        });
    }

    /// Deletes the rows beneath this object or table of which the Service no longer speaks.
    private static void removeLost(Transaction transaction, String prefix, List<ResolvedPathResult> found) {
        NavigableSet<String> there = new TreeSet<>();
        found.forEach(object -> there.add(object.resolvedPath()));
        List<String> lost = new ArrayList<>();
        collectLost(transaction.snapshot().root(), prefix, there, lost);
        lost.forEach(transaction::delete);
    }

    private static void collectLost(
            ObjectInstance object, String prefix, NavigableSet<String> there, List<String> lost) {
        for (ObjectInstance child : object.children()) {
            String path = child.path();
            if (path.startsWith(prefix) && child.instanceNumber().isPresent()) {
                String next = there.ceiling(path);
                if (next == null || !next.startsWith(path)) {
                    lost.add(path);
                    continue;
                }
            }
            if (PathRules.overlap(path, prefix)) {
                collectLost(child, prefix, there, lost);
            }
        }
    }

    /// Takes one object of an answer, where it is one of the Service's own.
    private void take(Transaction transaction, ResolvedPathResult object) {
        String path = object.resolvedPath();
        if (registered.stream().noneMatch(path::startsWith) || !path.endsWith(".")) {
            return;
        }
        makeRows(transaction, path);
        object.resultParams().forEach((name, value) -> RemoteElement.tell(transaction, path + name, value));
    }

    /// Makes the rows on the way to this object that are not there yet.
    static void makeRows(Transaction transaction, String path) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            String part = path.substring(0, dot + 1);
            int step = part.lastIndexOf('.', dot - 1) + 1;
            if (Character.isDigit(part.charAt(step))
                    && transaction.snapshot().object(part).isEmpty()) {
                try {
                    transaction.add(part.substring(0, step), Long.parseLong(part.substring(step, dot)));
                } catch (UspException | NumberFormatException contradicted) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
