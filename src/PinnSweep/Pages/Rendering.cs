using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace PinnSweep.Pages;

/// <summary>
/// Components as text. They are drawn once and forgotten: nothing of a page lives on in the node, so any node can serve the next request.
/// </summary>
internal static class Rendering
{
    // Components here are functions of what they are given; none is injected anything.
    private static readonly ServiceProvider None = new ServiceCollection().BuildServiceProvider();

    /// <summary>Draws a fragment.</summary>
    public static async Task<string> HtmlAsync(RenderFragment fragment)
    {
        await using var renderer = new HtmlRenderer(None, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Shown.Content)] = fragment });
            return (await renderer.RenderComponentAsync<Shown>(parameters)).ToHtmlString();
        });
    }

    /// <summary>The one component that has to be made: it shows what it is given.</summary>
    private sealed class Shown : IComponent
    {
        private RenderHandle _handle;

        [Parameter]
        public RenderFragment? Content { get; set; }

        public void Attach(RenderHandle renderHandle) => _handle = renderHandle;

        public Task SetParametersAsync(ParameterView parameters)
        {
            parameters.SetParameterProperties(this);
            _handle.Render(Content!);
            return Task.CompletedTask;
        }
    }
}
