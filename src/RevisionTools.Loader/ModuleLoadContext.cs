using System.Reflection;
using System.Runtime.Loader;

namespace RevisionTools.Loader;

/// <summary>
/// The assembly load context of one folder of module assemblies. It keeps the Azure libraries of this module apart from
/// other versions of them that a session may hold.
/// </summary>
/// <remarks>
/// The first copy of this assembly that a process loads serves every later version of the module in that process, so
/// <see cref="LoadAssembly"/> is a contract that does not change. The context is never unloaded: PowerShell keeps
/// references to the types that it has seen.
/// </remarks>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly object s_gate = new();

    private static readonly Dictionary<string, ModuleLoadContext> s_contexts =
        new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly string _folder;

    private ModuleLoadContext(string folder)
        : base("RevisionTools", isCollectible: false)
    {
        _folder = folder;
    }

    /// <summary>Loads an assembly, and later whatever it refers to, from its own folder.</summary>
    /// <param name="path">Path of the assembly file. Files of one folder share one context.</param>
    /// <returns>The assembly; the same one for the same path.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="BadImageFormatException">The file is not an assembly.</exception>
    public static Assembly LoadAssembly(string path)
    {
        var file = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(file) ?? file;
        ModuleLoadContext? context;
        lock (s_gate)
        {
            if (!s_contexts.TryGetValue(folder, out context))
            {
                context = new ModuleLoadContext(folder);
                s_contexts.Add(folder, context);
            }
        }

        return context.LoadFromAssemblyPath(file);
    }

    /// <summary>Answers from the module's own folder, else leaves the question to the default context.</summary>
    /// <param name="assemblyName">The assembly that is looked for.</param>
    /// <returns>The assembly, or <see langword="null"/> when the folder does not hold it.</returns>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var loader = typeof(ModuleLoadContext).Assembly;
        if (string.Equals(assemblyName.Name, loader.GetName().Name, StringComparison.OrdinalIgnoreCase))
        {
            return loader;
        }

        var file = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
