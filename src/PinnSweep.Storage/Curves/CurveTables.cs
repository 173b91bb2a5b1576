using System.Collections.Immutable;
using System.Data.Common;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Storage.Curves;

/// <summary>
/// Curves while they grow. They live until the trial's result is accepted, which carries the whole curve; what comes later is dropped.
/// Losing some of them to a crash loses nothing that counts, so they are written beside the journal, in batches, unfenced.
/// </summary>
public sealed class CurveTables
{
    private readonly Connections _connections;

    internal CurveTables(Connections connections) => _connections = connections;

    /// <summary>Adds points, best many at once. Points that are there already, and those of trials with a result, change nothing.</summary>
    public void Append(IReadOnlyCollection<LivePoint> points)
    {
        using var connection = _connections.Open();
        using var transaction = _connections.BeginWriting(connection);
        _connections.Insert(
            connection,
            "curve_points",
            ["key", "attempt", "step", "completed", "relative_l2", "steps_per_second", "at"],
            points.Select(point => new object?[]
            {
                point.Key.Hex, (long)point.Attempt, (long)point.Progress.Step, point.Progress.Completed, Known(point.Progress.RelativeL2),
                Known(point.Progress.StepsPerSecond), Moments.Write(point.At),
            }),
            "not exists (select 1 from results where results.key = given.key)");
        transaction.Commit();
    }

    /// <summary>
    /// The points of a trial beyond a step, in order; all with -1. Where an attempt went on from a checkpoint, its points replace those
    /// that earlier attempts had reached beyond it.
    /// </summary>
    public ImmutableArray<LivePoint> Read(TrialKey key, int after = -1)
    {
        using var connection = _connections.Open();
        return
        [
            .. connection.Query(
                """
                select attempt, step, completed, relative_l2, steps_per_second, at from curve_points point
                where key = $1 and step > $2 and not exists (
                    select 1 from curve_points later where later.key = $1 and later.attempt > point.attempt and later.step <= point.step)
                order by step
                """,
                row => ReadPoint(key, row),
                key.Hex,
                (long)after),
        ];
    }

    private static LivePoint ReadPoint(TrialKey key, DbDataReader row) => new(
        key,
        (int)row.GetInt64(0),
        new(
            (int)row.GetInt64(1),
            row.GetDouble(2),
            double.NaN,
            double.NaN,
            row.IsDBNull(3) ? double.NaN : row.GetDouble(3),
            row.IsDBNull(4) ? double.NaN : row.GetDouble(4)),
        Moments.Read(row.GetString(5)));

    /// <summary>SQLite has no "not a number".</summary>
    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
