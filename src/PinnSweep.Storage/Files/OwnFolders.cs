using System.Globalization;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage.Files;

/// <summary>Where a user's program keeps what nobody named a place for.</summary>
public static class OwnFolders
{
    private const string Name = "pinnsweep";

    /// <summary>
    /// Data that should survive the program: XDG_STATE_HOME, else ~/.local/state, else (a service without a home) XDG_RUNTIME_DIR, else the
    /// temporary folder, with the user's number. The runtime folder comes late on purpose: it is a small part of the memory, checkpoints
    /// are not small, and it is emptied when its user logs out, while a node goes on.
    /// </summary>
    public static string State => Of(Environment.GetEnvironmentVariable, Directory.Exists, FileOwner.Self, Path.GetTempPath());

    /// <summary>
    /// A path in that folder. The folder is made for its owner alone, or checked to be so: the owner of a folder controls everything below
    /// it.
    /// </summary>
    /// <param name="name">The name in it.</param>
    /// <param name="wayOut">What the user can do when it cannot be used.</param>
    /// <exception cref="UserMistakeException">It is another user's, or cannot be made.</exception>
    public static string Take(string name, string wayOut) => Take(State, name, wayOut);

    internal static string Take(string state, string name, string wayOut)
    {
        try
        {
            PrivateFiles.Folder(state, wayOut);
            return Path.Combine(state, name);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{state}: cannot be made ({refused.Message}); {wayOut}", refused);
        }
    }

    internal static string Of(Func<string, string?> variable, Func<string, bool> exists, uint user, string temporary)
    {
        // A relative path is to be ignored, says the specification of these variables.
        string? Absolute(string name) => variable(name) is { Length: > 0 } path && Path.IsPathFullyQualified(path) ? path : null;
        if (Absolute("XDG_STATE_HOME") is { } state)
        {
            return Path.Combine(state, Name);
        }

        if (Absolute("HOME") is { } home && exists(home) && IsOurs(home))
        {
            return Path.Combine(home, ".local", "state", Name);
        }

        return Absolute("XDG_RUNTIME_DIR") is { } runtime && exists(runtime) && IsOurs(runtime)
            ? Path.Combine(runtime, Name)
            : Path.Combine(temporary, string.Create(CultureInfo.InvariantCulture, $"{Name}-{user}"));

        // Of a daemon's user the home is often a folder of the system's.
        bool IsOurs(string folder) => FileOwner.Of(folder, followsLinks: true) is not { } found || found.User == user;
    }
}
