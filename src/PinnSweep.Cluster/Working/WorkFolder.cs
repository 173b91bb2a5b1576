using PinnSweep.Storage;
using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// The folder that the user of a node names for what is on its way to the store, and what lies where in it and beside it. The user may have
/// other things there.
/// </summary>
public static class WorkFolder
{
    /// <summary>The variable that names it.</summary>
    public const string Variable = "PINNSWEEP_WORK";

    private const string Slots = "pinnsweep-slots";
    private const string Bodies = "pinnsweep-http";
    private const string BodiesEnding = "-http";
    private const string WayOut = "name a folder of your own by --work";

    /// <summary>Where work folders lie that nobody named, one for each name of a node.</summary>
    public static string UsualPlace => OwnFolders.State;

    /// <summary>The work folder of a node for which nobody named one.</summary>
    /// <exception cref="UserMistakeException">It would lie in a folder of somebody else's.</exception>
    public static string Usual(string node) => OwnFolders.Take(node, WayOut);

    /// <summary>
    /// Takes the part where trainers put checkpoints and results: a folder of our own in the work folder, into which nobody else can look.
    /// One node at a time; what an earlier one left is rubbish.
    /// </summary>
    /// <exception cref="UserMistakeException">It cannot be written to, or another node uses it.</exception>
    public static OwnFolder Take(string work)
    {
        var slots = Path.Combine(Path.GetFullPath(work), Slots);
        try
        {
            return OwnFolder.TryTake(slots, WayOut, mustBeEmpty: true) ?? throw new IOException("another process holds its lock");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(
                $"{slots}: cannot be used as the work folder ({refused.Message}); another node may be using it: give each node a --name or a --work of its own", refused);
        }
    }

    /// <summary>
    /// The place beside which logs go: the work folder, to which a node can write wherever it runs, or a place in it where beside it is
    /// everybody's place, as the temporary folder is.
    /// </summary>
    /// <exception cref="UserMistakeException">The work folder cannot be made, or is another user's.</exception>
    public static string LogPlace(string work)
    {
        PrivateFiles.SharedFolder(work, WayOut);
        return PrivateFiles.IsOwn(Path.GetDirectoryName(Path.GetFullPath(work))!) ? work : Path.Combine(work, "log");
    }

    /// <summary>Where bodies of HTTP requests go in a folder that no trainer fills.</summary>
    public static string BodiesIn(string folder) => Path.Combine(Path.GetFullPath(folder), Bodies);

    /// <summary>Where bodies of HTTP requests go beside a work folder that trainers may fill.</summary>
    public static string BodiesBeside(string work) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(work)) + BodiesEnding;

    /// <summary>The same beside the file of a store.</summary>
    public static string BodiesBeside(StorePlace store) => store.Beside(BodiesEnding);
}
