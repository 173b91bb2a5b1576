using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage.Databases;

/// <summary>
/// Where a PostgreSQL database is: <c>postgresql://user:password@host:port/database?key=value</c> or <c>Host=…;Database=…</c>.
/// </summary>
internal sealed partial record PostgresAddress
{
    private const string Forms = "expected postgresql://user:password@host:port/database or Host=…;Username=…;Password=…;Database=…";

    // libpq's words where the driver has others; the driver knows the rest without their underscores.
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["connect_timeout"] = "Timeout",
        ["dbname"] = "Database",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["user"] = "Username",
    };

    private readonly NpgsqlConnectionStringBuilder _settings;

    private PostgresAddress(NpgsqlConnectionStringBuilder settings)
    {
        _settings = settings;
        Default("Application Name", "pinnsweep");
        Default("Timeout", 5);
        // A busy server answers late; one that is gone is noticed by the keep-alives below.
        Default("Command Timeout", 90);
        // The same few statements come again and again.
        Default("Max Auto Prepare", 50);
        Default("Auto Prepare Min Usages", 2);
        // A host that vanished without a word is noticed in a minute instead of two hours.
        Default("Tcp Keepalive", true);
        Default("Tcp Keepalive Time", 30);
        Default("Tcp Keepalive Interval", 10);
    }

    /// <summary>For the driver, password included.</summary>
    public string ConnectionString => _settings.ToString();

    /// <summary>For people: no password, no settings.</summary>
    public string Display
    {
        get
        {
            var user = _settings.Username is { Length: > 0 } named ? $"{named}@" : "";
            var host = _settings.Host!.Contains(':', StringComparison.Ordinal) ? $"[{_settings.Host}]" : _settings.Host;
            var port = _settings.Port == NpgsqlConnection.DefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{_settings.Port}");
            return $"postgresql://{user}{host}{port}/{Database}";
        }
    }

    /// <summary>Who asks for entry; as the driver does, PGUSER or the account's name when nobody is named.</summary>
    public string User => _settings.Username is { Length: > 0 } named ? named : Environment.GetEnvironmentVariable("PGUSER") ?? Environment.UserName;

    /// <summary>The database; the driver takes the user's name when none is named.</summary>
    public string Database => _settings.Database ?? User;

    /// <summary>Whether this text means a PostgreSQL database; everything else is a file.</summary>
    public static bool IsMeantBy(string place) => UriScheme().IsMatch(place) || Keywords().IsMatch(place);

    /// <exception cref="UserMistakeException">It is none; the message holds no password.</exception>
    public static PostgresAddress Parse(string place)
    {
        try
        {
            var settings = UriScheme().IsMatch(place) ? OfUri(place) : new(place);
            return string.IsNullOrEmpty(settings.Host) ? throw new FormatException("it names no host") : new(settings);
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException or OverflowException)
        {
            // The driver's own words may repeat a piece of the text, so they are told only as far as they name a setting.
            throw new UserMistakeException($"the address of the PostgreSQL store cannot be read{Reason(refused)}; {Forms}");
        }
    }

    private static NpgsqlConnectionStringBuilder OfUri(string place)
    {
        var parts = UriParts().Match(place);
        if (!parts.Success)
        {
            throw new FormatException("");
        }

        var settings = new NpgsqlConnectionStringBuilder { Host = parts.Groups["host"].Value.Trim('[', ']') };
        Set("Username", parts.Groups["user"]);
        Set("Password", parts.Groups["password"]);
        Set("Port", parts.Groups["port"]);
        Set("Database", parts.Groups["database"]);
        foreach (var pair in parts.Groups["settings"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (word, value) = pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign ? (pair[..sign], pair[(sign + 1)..]) : (pair, "");
            settings[Words.TryGetValue(word, out var driver) ? driver : word.Replace('_', ' ')] = Uri.UnescapeDataString(value);
        }

        return settings;

        void Set(string word, Group text)
        {
            if (text.Success && text.Length > 0)
            {
                settings[word] = Uri.UnescapeDataString(text.Value);
            }
        }
    }

    private static string Reason(Exception refused) => refused switch
    {
        FormatException { Message.Length: > 0 } => $": {refused.Message}",
        ArgumentException { ParamName: { Length: > 0 } name } => $": '{name}' is no setting or has no such value",
        _ => Setting().Match(refused.Message) is { Success: true } named ? $": '{named.Groups[1].Value}' is no setting or has no such value" : "",
    };

    private void Default(string word, object value)
    {
        if (!_settings.ContainsKey(word))
        {
            _settings[word] = value;
        }
    }

    [GeneratedRegex("^postgres(ql)?://", RegexOptions.IgnoreCase)]
    private static partial Regex UriScheme();

    [GeneratedRegex(@"^\s*(host|server|port|database|dbname|user ?name|user ?id|user|password)\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex Keywords();

    [GeneratedRegex(@"^\w+://((?<user>[^:@/?]*)(:(?<password>[^@/?]*))?@)?(?<host>\[[0-9a-fA-F:.]+\]|[^:/?@]*)(:(?<port>\d+))?(/(?<database>[^?]*))?(\?(?<settings>.*))?$")]
    private static partial Regex UriParts();

    [GeneratedRegex("Couldn't set ([\\w ]+)")]
    private static partial Regex Setting();
}
