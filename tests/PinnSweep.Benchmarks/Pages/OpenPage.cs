using System.Diagnostics;

namespace PinnSweep.Benchmarks.Pages;

/// <summary>
/// What one open page of a study asks of a node: its events for as long as it is open, the tables of the report when they are new, the
/// curves of its cells now and then. What comes is read and thrown away.
/// </summary>
internal sealed class OpenPage(HttpClient http, string study)
{
    private const string Event = "event: ";
    private const string Data = "data: ";
    private static readonly TimeSpan CurvesEvery = TimeSpan.FromSeconds(20);

    /// <summary>Events told to all pages.</summary>
    public static long Events;

    /// <summary>Reads until it is closed.</summary>
    public async Task ReadAsync(CancellationToken closed)
    {
        try
        {
            using var page = await http.GetAsync(new Uri($"/studies/{study}", UriKind.Relative), closed);
            page.EnsureSuccessStatusCode();
            await page.Content.ReadAsByteArrayAsync(closed);
            using var live = await http.GetAsync(new Uri($"/live/studies/{study}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, closed);
            live.EnsureSuccessStatusCode();
            using var lines = new StreamReader(await live.Content.ReadAsStreamAsync(closed));
            await FollowAsync(lines, closed);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // Closed.
        }
    }

    private async Task FollowAsync(StreamReader lines, CancellationToken closed)
    {
        var curves = Stopwatch.StartNew();
        var (name, version) = ("", "");
        while (await lines.ReadLineAsync(closed) is { } line)
        {
            if (line.StartsWith(Event, StringComparison.Ordinal))
            {
                name = line[Event.Length..];
                Interlocked.Increment(ref Events);
            }
            else if (name == "report" && line.StartsWith(Data, StringComparison.Ordinal) && line != version)
            {
                version = line;
                await TakeAsync($"/studies/{study}/report-fragment?part=standing", closed);
            }
            else if (name == "matrix" && curves.Elapsed > CurvesEvery)
            {
                curves.Restart();
                await TakeAsync($"/studies/{study}/curves.json?x=steps", closed);
            }
        }
    }

    private async Task TakeAsync(string path, CancellationToken closed)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), closed);
        await answer.Content.ReadAsByteArrayAsync(closed);
    }
}
