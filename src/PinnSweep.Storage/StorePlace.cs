using System.Text.RegularExpressions;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage;

/// <summary>Where a store is, as a user names it: an SQLite file or the address of a PostgreSQL database.</summary>
public sealed partial record StorePlace
{
    private readonly string _beside;

    private StorePlace(PostgresAddress? address, string display, string beside)
    {
        Postgres = address;
        Display = display;
        _beside = beside;
    }

    /// <summary>Whether the store is a PostgreSQL database, which several coordinators may open.</summary>
    public bool IsPostgres => Postgres is not null;

    /// <summary>For messages and logs: the full path of the file, or the address without password.</summary>
    public string Display { get; }

    /// <summary>The folder of what lies beside the store, logs for instance: that of the file, or the current one.</summary>
    public string Folder => Path.GetDirectoryName(_beside)!;

    internal PostgresAddress? Postgres { get; }

    /// <summary>Reads what the user said.</summary>
    /// <exception cref="UserMistakeException">An address that is none; passwords are not repeated.</exception>
    public static StorePlace Parse(string place)
    {
        if (PostgresAddress.IsMeantBy(place))
        {
            var address = PostgresAddress.Parse(place);
            return new(address, address.Display, Path.GetFullPath(string.Concat(address.Database.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_'))));
        }

        var path = Path.GetFullPath(place);
        return new(null, path, path);
    }

    /// <summary>A path beside the store: its name with an ending.</summary>
    public string Beside(string ending) => _beside + ending;

    /// <summary>A text as it may be shown: passwords of addresses taken out, wherever they stand.</summary>
    public static string WithoutPasswords(string text) => KeywordPassword().Replace(AddressPassword().Replace(text, "$1@"), "$1=…");

    /// <inheritdoc/>
    public override string ToString() => Display;

    [GeneratedRegex(@"(postgres(?:ql)?://[^:@/\s]*):\S*@", RegexOptions.IgnoreCase)]
    private static partial Regex AddressPassword();

    [GeneratedRegex(@"\b(password|pwd)\s*=\s*(?:'[^']*'|""[^""]*""|[^;\s]*)", RegexOptions.IgnoreCase)]
    private static partial Regex KeywordPassword();
}
