using System.Data.Common;
using Npgsql;
using PinnSweep.Storage.Databases;

namespace PinnSweep.Storage.Coordination;

/// <summary>
/// The right to coordinate, where several processes share a database: one row, taken by comparing and setting, timed by the database's
/// clock. Every acquisition gets a greater token. Each transaction that writes decisions checks the writer's token, so a coordinator that
/// lost the right without noticing cannot write any more, however late it continues.
/// </summary>
public sealed class CoordinatorLease
{
    private const string Row = "name = 'coordinator'";

    private readonly PostgresConnections _connections;
    private long _token;

    internal CoordinatorLease(PostgresConnections connections) => _connections = connections;

    /// <summary>The token that decisions of this store are written with; 0 before the first acquisition by any process.</summary>
    public long Token => Interlocked.Read(ref _token);

    /// <summary>
    /// Takes the right if nobody has it, and takes it anew for a holder that has it already: a node that was started again is the same
    /// holder. Null when somebody else has it.
    /// </summary>
    public async Task<long?> TryAcquireAsync(string holder, TimeSpan timeToLive, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(_connections.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // The strongest lock waits for writes of the holder that are on their way; a renewal takes a weaker one and does not.
        await using var locking = connection.Prepare($"select token from coordinator_lease where {Row} for update");
        await locking.ExecuteScalarAsync(cancel);
        await using var taking = connection.Prepare(
            $"""
            update coordinator_lease set holder = $1, token = token + 1, expires_at = clock_timestamp() + $2
            where {Row} and (holder = $1 or expires_at <= clock_timestamp()) returning token
            """,
            holder,
            timeToLive);
        var token = (long?)await taking.ExecuteScalarAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (token is { } acquired)
        {
            Interlocked.Exchange(ref _token, acquired);
        }

        return token;
    }

    /// <summary>Prolongs the right; false when it was lost. One that ran out unnoticed by others is prolonged too.</summary>
    public async Task<bool> RenewAsync(long token, TimeSpan timeToLive, CancellationToken cancel) =>
        await ScalarAsync($"update coordinator_lease set expires_at = clock_timestamp() + $2 where {Row} and token = $1 returning token", cancel, token, timeToLive) is not null;

    /// <summary>
    /// Gives the right back, and with it the token, which a renewal on its way would bring to life again; false when it was lost before.
    /// </summary>
    public async Task<bool> ReleaseAsync(long token, CancellationToken cancel) =>
        await ScalarAsync($"update coordinator_lease set holder = '', token = token + 1, expires_at = '-infinity' where {Row} and token = $1 returning token", cancel, token) is not null;

    /// <summary>Who has the right now; null when nobody.</summary>
    public LeaseHolder? Holder()
    {
        using var connection = _connections.Open();
        return connection.Query(
            $"select holder, token, expires_at - clock_timestamp() from coordinator_lease where {Row} and expires_at > clock_timestamp()",
            row => new LeaseHolder(row.GetString(0), row.GetInt64(1), row.GetFieldValue<TimeSpan>(2))).FirstOrDefault();
    }

    /// <summary>
    /// The holder that is alive, or null. The answer may take as long as a lease lasts, because a holder that died keeps the right until
    /// then.
    /// </summary>
    public async Task<LeaseHolder?> LivingHolderAsync(TimeProvider clock, CancellationToken cancel)
    {
        if (Holder() is not { } first)
        {
            return null;
        }

        await Task.Delay(first.Remaining + TimeSpan.FromMilliseconds(50), clock, cancel);
        return Holder();
    }

    /// <summary>
    /// Refuses a write with an old token, and holds off a change of holders, but no renewal, until the caller's transaction has ended.
    /// </summary>
    internal void Guard(DbConnection connection)
    {
        var current = connection.Scalar<long>($"select token from coordinator_lease where {Row} for key share");
        if (current != Token)
        {
            throw new StaleCoordinatorException(Token, current);
        }
    }

    private async Task<long?> ScalarAsync(string sql, CancellationToken cancel, params object[] values)
    {
        await using var connection = new NpgsqlConnection(_connections.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = connection.Prepare(sql, values);
        return (long?)await command.ExecuteScalarAsync(cancel);
    }
}

/// <summary>Who may coordinate.</summary>
/// <param name="Name">As it called itself.</param>
/// <param name="Token">Greater for each acquisition.</param>
/// <param name="Remaining">Until the right runs out if it is not renewed.</param>
public sealed record LeaseHolder(string Name, long Token, TimeSpan Remaining);

/// <summary>A coordinator that is none any more wanted to write; nothing was written.</summary>
public sealed class StaleCoordinatorException(long held, long current)
    : Exception(FormattableString.Invariant($"this coordinator's token {held} is void, {current} was given out since; nothing was written"));
