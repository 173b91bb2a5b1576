using System.Globalization;
using System.Text;

namespace PinnSweep.Client;

/// <summary>The part of an address behind the question mark; what is null is left out.</summary>
internal sealed class Query
{
    private readonly StringBuilder _text = new();

    public Query With(string key, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(key).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public Query With(string key, int? value) => With(key, value?.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();
}
