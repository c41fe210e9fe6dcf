// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.policy;

import dev.pharos.controller.store.SupportedModel;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import java.util.Set;
import java.util.TreeSet;

/// Which parameters of one device are secrets: those whose name says so, and those that its supported data model
/// says can only be written, which is how a device declares what it never shows.
public final class SecretParameters {
    /// By name alone, where the data model of a device is not known.
    public static final SecretParameters BY_NAME = new SecretParameters(Set.of(), false);

    /// Where the data model could not be asked for: nothing is shown rather than too much.
    public static final SecretParameters EVERYTHING = new SecretParameters(Set.of(), true);

    private final Set<String> names;
    private final boolean everything;
    private final SecretText text;

    private SecretParameters(Set<String> names, boolean everything) {
        this.names = names;
        this.everything = everything;
        this.text = new SecretText(names);
    }

    /// The leaf names are taken, not the paths: a device that writes a path oddly must not uncover a secret by it.
    public static SecretParameters of(SupportedModel model) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        model.supportedObjects()
                .forEach(object -> object.supportedParams().stream()
                        .filter(param -> param.access() == ParameterAccess.WRITE_ONLY)
                        .forEach(param -> names.add(Secrets.leaf(param.paramName()))));
        names.remove("");
        return names.isEmpty() ? BY_NAME : new SecretParameters(names, false);
    }

    /// Whether the parameter or argument of this name or path holds a secret.
    public boolean isSecret(String nameOrPath) {
        return everything || names.contains(Secrets.leaf(nameOrPath)) || Secrets.isSecret(nameOrPath);
    }

    /// A text of a peer, such as an error or a document in a parameter, without the secrets that it names.
    public String masked(String free) {
        return everything && !free.isEmpty() ? Secrets.MASK : text.masked(free);
    }

    /// A path, or what a peer sends in its place, without the secrets that its search expressions compare with.
    public String maskedPath(String path) {
        return path.chars().allMatch(SecretParameters::isOfPlainPath) ? path : text.masked(path);
    }

    private static boolean isOfPlainPath(int c) {
        return Character.isLetterOrDigit(c) || "._-{}*()!".indexOf(c) >= 0;
    }
}
