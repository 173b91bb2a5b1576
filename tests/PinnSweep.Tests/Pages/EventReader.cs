using System.Net.Http.Headers;
using System.Text;
using PinnSweep.Testing;

namespace PinnSweep.Tests.Pages;

/// <summary>One who listens to a page's events, as a browser does.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage answer, StreamReader lines) => (_answer, _lines) = (answer, lines);

    /// <summary>The newest number.</summary>
    public string? Id { get; private set; }

    public static async Task<EventReader> OpenAsync(HttpClient client, string path, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString());
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; null at the end.</summary>
    public async Task<(string Name, string Data)?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Waiting.Patience);
        var (name, data) = ("", new StringBuilder());
        while (await _lines.ReadLineAsync(patience.Token) is { } line)
        {
            switch (line.Split(": ", 2))
            {
                case ["event", var word]:
                    name = word;
                    break;
                case ["data", var text]:
                    data.Append(text).Append('\n');
                    break;
                case ["id", var id]:
                    Id = id;
                    break;
                case [""] when name.Length > 0:
                    return (name, data.ToString().TrimEnd('\n'));
            }
        }

        return null;
    }

    /// <summary>Reads on until an event is as expected.</summary>
    public async Task<string> UntilAsync(string name, Func<string, bool> isExpected)
    {
        while (await NextAsync() is { } told)
        {
            if (told.Name == name && isExpected(told.Data))
            {
                return told.Data;
            }
        }

        throw new InvalidOperationException($"the events ended before one called {name} was as expected");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _answer.Dispose();
    }
}
