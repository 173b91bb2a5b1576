using PinnSweep.Cluster.Working;
using PinnSweep.Storage;

namespace PinnSweep.Nodes;

/// <summary>
/// Where bodies of HTTP requests lie until they are stored. Never in a worker's folder: trainers that fill their disk must not keep a
/// coordinator from taking results of others.
/// </summary>
internal static class SpoolFolder
{
    /// <summary>Takes it for this process.</summary>
    public static OwnFolder Take(NodeRequest request) =>
        OwnFolder.Take(PlaceOf(request), "name another one by --spool");

    /// <summary>What was asked for; else beside the store's file, which needs the disk anyway; else beside the work folder.</summary>
    internal static string PlaceOf(NodeRequest request) =>
        request.Spool is { } named ? WorkFolder.BodiesIn(named)
        : request.Coordinates && StorePlace.Parse(request.Store) is { IsPostgres: false } file ? WorkFolder.BodiesBeside(file)
        : request.Works ? WorkFolder.BodiesBeside(request.Work)
        : WorkFolder.BodiesIn(request.Work);
}
