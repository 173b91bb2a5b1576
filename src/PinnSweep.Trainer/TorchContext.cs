using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using PinnSweep.Jets.Engines.Torch;

namespace PinnSweep.Trainer;

/// <summary>
/// The trainer inside itself, for PINNSWEEP_LIBTORCH: TorchSharp looks for its libraries beside its own assembly first, where the built-in
/// libtorch lies, and two of them in one process end it. Only a load context of one's own is asked before that.
/// </summary>
internal sealed class TorchContext(LibTorchFolder torch) : AssemblyLoadContext("PINNSWEEP_LIBTORCH")
{
    /// <summary>
    /// Runs the program again in such a context and returns its exit code; null where no other libtorch was named, or this is the context.
    /// </summary>
    public static int? Run(string[] arguments)
    {
        var self = typeof(TorchContext).Assembly;
        if (NativeTorch.Named() is not { Problem: null } named || GetLoadContext(self) != Default)
        {
            return null;
        }

        var program = new TorchContext(named).LoadFromAssemblyPath(self.Location);
        return (int)program.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null)!;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var file = unmanagedDllName.StartsWith("lib", StringComparison.Ordinal) ? unmanagedDllName : $"lib{unmanagedDllName}.so";
        string[] places = [Path.Combine(torch.Folder, file), Path.Combine(AppContext.BaseDirectory, file)];
        return Array.Find(places, File.Exists) is { } path ? NativeLibrary.Load(path) : 0;
    }
}
