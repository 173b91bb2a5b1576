using System.Globalization;
using Npgsql;
using PinnSweep.Testing.Postgres;

namespace PinnSweep.Chaos;

/// <summary>Flips a bit in a stored result or checkpoint, as a disk does that nobody looks at.</summary>
internal sealed class BlobDamage
{
    private bool _isUnseen;

    /// <summary>Whether something was damaged since this was asked last.</summary>
    public bool TakeUnseen()
    {
        var isUnseen = _isUnseen;
        _isUnseen = false;
        return isUnseen;
    }

    /// <summary>The blob that was damaged; null when there is none, or the database is away.</summary>
    public string? Strike(PostgresServer server, string database, int chance)
    {
        try
        {
            var blob = server.Scalar(
                database,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    update blob_parts set content = set_bit(content, 4 * length(content), 1 - get_bit(content, 4 * length(content)))
                    where (sha256, n) = (
                        select sha256, n from blob_parts
                        where length(content) > 0 and sha256 in (select blob from results union all select blob from checkpoints)
                        order by sha256 offset {chance} % greatest(1, (select count(*) from results)) limit 1)
                    returning sha256
                    """));
            _isUnseen |= blob is not null;
            return blob?[..8];
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
